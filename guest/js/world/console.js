// ---- console: what is logged becomes one text, formatted as Node 20 does, and goes to the host with its level
//
// Lines inside groups are indented, all lines of a text alike. Nothing is coloured.

const LEVEL_LOG = 0, LEVEL_INFO = 1, LEVEL_WARN = 2, LEVEL_ERROR = 3, LEVEL_DEBUG = 4;
const GROUP_DEPTH = 100; // groups below it are counted and not indented any further
const TABLE_TEXT = 10 * INSPECT_TEXT;

const consoleNow = performance.now, toFixed = uncurry(Number.prototype.toFixed);
const toPrimitiveKey = Symbol.toPrimitive;
let circularMessage;
try { const a = {}; a.a = a; stringify(a); } catch (e) { circularMessage = e.message; }

function show(v) { return typeof v === 'string' ? v : inspect(v); }

// ---- format

function formatArgs(args) {
  const count = args.length;
  if (count === 0) return '';
  const first = args[0];
  let out = '', next = 0;
  if (typeof first === 'string' && count > 1 && indexOf(first, '%') >= 0) {
    const last = first.length - 1;
    let from = 0, used = 0;
    for (let at = indexOf(first, '%'); at >= 0 && at < last; at = indexOf(first, '%', at + 2)) {
      const how = charCodeAt(first, at + 1);
      if (how === 37) {
        out += slice(first, from, at + 1);
        from = at + 2;
        continue;
      }
      if (used + 1 === count) continue;
      const piece = formatOne(how, args[used + 1]);
      if (piece === null) continue;
      used++;
      out += slice(first, from, at) + piece;
      from = at + 2;
    }
    if (from > 0) {
      next = used + 1;
      out += slice(first, from);
    }
  }
  if (next === 0) {
    out = show(first);
    next = 1;
  }
  for (; next < count; next++) out += ' ' + show(args[next]);
  return out;
}

// What stands for a format specifier, of which `how` is the letter; null: it is none.
function formatOne(how, v) {
  switch (how) {
    case 115: return formatString(v); // s
    case 100: // d
    case 105: // i
    case 102: // f
      if (typeof v === 'bigint' && how !== 102) return bigintText(v) + 'n';
      if (typeof v === 'symbol') return 'NaN';
      return showNumber(how === 100 ? NativeNumber(v) : how === 105 ? parseInt(v) : parseFloat(v));
    case 106: return formatJSON(v); // j
    case 79: return inspect(v); // O
    case 111: return inspectWith(v, {__proto__: null, showHidden: true, depth: 4}); // o
    case 99: return ''; // c
  }
  return null;
}

function formatJSON(v) {
  try {
    return NativeString(stringify(v));
  } catch (e) {
    if (peek(e, 'message', '') === circularMessage) return '[Circular]';
    throw e;
  }
}

function formatString(v) {
  if (typeof v === 'number') return showNumber(v);
  if (typeof v === 'bigint') return bigintText(v) + 'n';
  if (typeof v !== 'object' || v === null || !hasBuiltInText(v)) return NativeString(v);
  return inspectWith(v, {__proto__: null, depth: 0});
}

// Whether the text of an object is that of a built-in class, which says less than what inspect shows.
function hasBuiltInText(v) {
  while (classOf(v) === PROXY) if ((v = targetOf(v)) === null) return true;
  const hasText = typeof v.toString === 'function', hasPrimitive = typeof v[toPrimitiveKey] === 'function';
  for (let p = v; p !== null; p = getPrototypeOf(p)) {
    if (!(hasText && hasOwnKey(p, 'toString')) && !(hasPrimitive && hasOwnKey(p, toPrimitiveKey))) continue;
    if (p === v) return false;
    const d = getOwnPropertyDescriptor(p, 'constructor');
    return d !== undefined && typeof d.value === 'function' && builtInNames[peek(d.value, 'name', '')] === true;
  }
  return true;
}

// ---- output

let groups = 0, groupIndent = '';

function emit(level, line) {
  if (groupIndent !== '') {
    let out = groupIndent, from = 0;
    for (let at = indexOf(line, '\n'); at >= 0; at = indexOf(line, '\n', from)) {
      out += slice(line, from, at + 1) + groupIndent;
      from = at + 1;
    }
    line = out + slice(line, from);
  }
  host(LOG, level, line);
}

function openGroup(args) {
  if (args.length > 0) emit(LEVEL_LOG, formatArgs(args));
  groupIndent = repeat('  ', min(++groups, GROUP_DEPTH));
}

// ---- times

const pad2 = (n) => padStart(NativeString(n), 2, '0');

function formatTime(ms) {
  if (ms < 1000) return NativeNumber(toFixed(ms, 3)) + 'ms';
  if (ms < 60000) return toFixed(ms / 1000, 3) + 's';
  const hours = floor(ms / 3600000), minutes = floor(ms % 3600000 / 60000);
  const seconds = padStart(toFixed(ms % 60000 / 1000, 3), 6, '0');
  return hours > 0 ? hours + ':' + pad2(minutes) + ':' + seconds + ' (h:mm:ss.mmm)' : minutes + ':' + seconds + ' (m:ss.mmm)';
}

const counts = new NativeMap(), times = new NativeMap();
const labelOf = (label) => label === undefined ? 'default' : NativeString(label);
const warn = (message) => emit(LEVEL_WARN, 'Warning: ' + message);

// Shows the time since console.time(label); false: there was none.
function showTime(method, key, data) {
  const start = mapGet(times, key);
  if (start === undefined) {
    warn("No such label '" + key + "' for console." + method + '()');
    return false;
  }
  let line = key + ': ' + formatTime(consoleNow() - start);
  for (let i = 0; i < data.length; i++) line += ' ' + show(data[i]);
  emit(LEVEL_LOG, line);
  return true;
}

// ---- tables

function showCell(v) {
  if (typeof v === 'number') return showNumber(v);
  if (typeof v === 'string' && v.length <= INSPECT_STRING) return quote(v);
  const depth = v !== null && typeof v === 'object' && !isArray(v) && !isTyped(v) && keysOf(v).length > 2 ? -1 : 0;
  return inspectWith(v, {__proto__: null, depth, maxArrayLength: 3, breakLength: Infinity});
}

// A table while it is filled: named columns with cells, which may have gaps; `room` is for the texts of all cells.
const newTable = () => ({__proto__: null, columns: {__proto__: null}, rows: 0, skipped: 0, room: INSPECT_TEXT});

function addCell(table, column, row, cell) {
  let cells = table.columns[column];
  if (cells === undefined) {
    cells = table.columns[column] = {__proto__: null};
    table.room -= column.length;
  }
  cells[row] = cell;
  table.room -= cell.length + 4;
}

function tableOfEntries(v, isMap) {
  const table = newTable(), all = isMap ? mapEntries(v) : setValues(v), size = isMap ? mapSizeOf(v) : setSizeOf(v);
  for (let row = 0; ; row++) {
    const step = isMap ? nextOfMap(all) : nextOfSet(all);
    if (step.done) break;
    if (table.room < 0) {
      table.skipped = size - row;
      break;
    }
    addCell(table, '(iteration index)', row, NativeString(row));
    if (isMap) addCell(table, 'Key', row, showCell(step.value[0]));
    addCell(table, 'Values', row, showCell(isMap ? step.value[1] : step.value));
    table.rows++;
  }
  return drawTable(listOf(isMap ? ['(iteration index)', 'Key', 'Values'] : ['(iteration index)', 'Values']), table);
}

function tableOfRows(v, properties) {
  const table = newTable(), keys = keysOf(v), index = {__proto__: null}, values = {__proto__: null};
  let hasValues = false;
  for (let row = 0; row < keys.length; row++) {
    if (table.room < 0) {
      table.skipped = keys.length - row;
      break;
    }
    const item = v[keys[row]];
    const primitive = item === null || (typeof item !== 'object' && typeof item !== 'function');
    index[row] = keys[row];
    table.rows++;
    table.room -= keys[row].length + 4;
    if (primitive && properties === undefined) {
      hasValues = true;
      values[row] = showCell(item);
      table.room -= values[row].length;
      continue;
    }
    const shown = properties === undefined ? keysOf(item) : properties;
    for (let i = 0; i < shown.length && table.room >= 0; i++) {
      const column = shown[i];
      if (primitive || !hasOwnKey(item, column)) addCell(table, NativeString(column), row, '');
      else addCell(table, NativeString(column), row, showCell(item[column]));
    }
  }
  // Names of columns are ordered as the keys of an object are: whole numbers first.
  const names = keysOf(table.columns), head = listOf(['(index)']);
  for (let i = 0; i < names.length; i++) head[i + 1] = names[i];
  const columns = listOf([index]);
  for (let i = 0; i < names.length; i++) columns[i + 1] = table.columns[names[i]];
  if (hasValues) {
    head[head.length] = 'Values';
    columns[columns.length] = values;
  }
  return drawColumns(head, columns, table);
}

function drawTable(head, table) {
  const columns = listOf([]);
  for (let i = 0; i < head.length; i++) columns[i] = table.columns[head[i]] || {__proto__: null};
  return drawColumns(head, columns, table);
}

function drawColumns(head, columns, table) {
  const widths = listOf([]);
  let width = 1;
  for (let i = 0; i < head.length; i++) {
    widths[i] = widthOf(head[i]);
    for (let row = 0; row < table.rows; row++) {
      const cell = columns[i][row];
      if (cell !== undefined) widths[i] = max(widths[i], widthOf(cell));
    }
    width += widths[i] + 3;
  }
  const rows = min(table.rows, max(1, floor(TABLE_TEXT / width))), skipped = table.skipped + table.rows - rows;
  let out = rule('┌', '┬', '┐\n', widths) + drawRow(head, (i) => head[i], widths) + rule('├', '┼', '┤\n', widths);
  for (let row = 0; row < rows; row++) out += drawRow(head, (i) => columns[i][row] || '', widths);
  out += rule('└', '┴', '┘', widths);
  return skipped > 0 ? out + '\n' + moreItems(skipped) : out;
}

function rule(left, middle, right, widths) {
  let out = left;
  for (let i = 0; i < widths.length; i++) out += (i === 0 ? '' : middle) + repeat('─', widths[i] + 2);
  return out + right;
}

function drawRow(head, cellOf, widths) {
  let out = '│ ';
  for (let i = 0; i < head.length; i++) {
    const cell = cellOf(i);
    out += (i === 0 ? '' : ' │ ') + cell + repeat(' ', widths[i] - widthOf(cell));
  }
  return out + ' │\n';
}

// ---- the object

const console = {
  log(...args) { emit(LEVEL_LOG, formatArgs(args)); },
  warn(...args) { emit(LEVEL_WARN, formatArgs(args)); },
  dir(value, options) { emit(LEVEL_LOG, inspectWith(value, options, false)); },
  time(label) {
    const key = labelOf(label);
    if (mapHas(times, key)) warn("Label '" + key + "' already exists for console.time()");
    else mapSet(times, key, consoleNow());
  },
  timeEnd(label) {
    const key = labelOf(label);
    if (showTime('timeEnd', key, [])) mapDelete(times, key);
  },
  timeLog(label, ...data) { showTime('timeLog', labelOf(label), data); },
  trace(...args) {
    const message = formatArgs(args), frames = trimStack(text(ownStack(new NativeError()), ''));
    emit(LEVEL_ERROR, 'Trace' + (message === '' ? '' : ': ' + message) + (frames === '' ? '' : '\n' + frames));
  },
  assert(condition, ...args) {
    if (condition) return;
    if (args.length === 0) return emit(LEVEL_ERROR, 'Assertion failed');
    args[0] = 'Assertion failed: ' + NativeString(args[0]);
    emit(LEVEL_ERROR, formatArgs(args));
  },
  clear() {},
  count(label) {
    const key = labelOf(label), n = (mapGet(counts, key) || 0) + 1;
    mapSet(counts, key, n);
    emit(LEVEL_LOG, key + ': ' + n);
  },
  countReset(label) {
    const key = labelOf(label);
    if (!mapDelete(counts, key)) warn("Count for '" + key + "' does not exist");
  },
  group(...args) { openGroup(args); },
  groupEnd() {
    if (groups > 0) groupIndent = repeat('  ', min(--groups, GROUP_DEPTH));
  },
  table(value, properties) {
    if (properties !== undefined && !isArray(properties))
      throw new NativeTypeError('The "properties" argument must be an instance of Array');
    if (value === null || typeof value !== 'object') return emit(LEVEL_LOG, show(value));
    const kind = classOf(value);
    emit(LEVEL_LOG, kind === MAP || kind === SET ? tableOfEntries(value, kind === MAP) : tableOfRows(value, properties));
  },
  debug(...args) { emit(LEVEL_DEBUG, formatArgs(args)); },
  info(...args) { emit(LEVEL_INFO, formatArgs(args)); },
  dirxml(...args) { emit(LEVEL_LOG, formatArgs(args)); },
  error(...args) { emit(LEVEL_ERROR, formatArgs(args)); },
  groupCollapsed(...args) { openGroup(args); },
};
defineProperty(console, inspectTag, {__proto__: null, value: 'console', configurable: true});
globals.console = console;
