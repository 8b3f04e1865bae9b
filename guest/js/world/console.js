// ---- console

function show(v) { return typeof v === 'string' ? v : inspect(v); }

function formatArgs(args) {
  const count = args.length;
  if (count === 0) return '';
  let out = '', next = 1;
  const first = args[0];
  if (typeof first === 'string' && count > 1 && indexOf(first, '%') >= 0) {
    let from = 0;
    for (let at = indexOf(first, '%'); at >= 0 && at + 1 < first.length; at = indexOf(first, '%', at)) {
      const c = first[at + 1];
      let piece;
      if (c === '%') piece = '%';
      else if (next >= count) { at += 2; continue; }
      else if (c === 's') piece = show(args[next++]);
      else if (c === 'd' || c === 'i' || c === 'f') piece = formatNumber(args[next++], c);
      else if (c === 'j') { try { piece = stringify(args[next++]); } catch { piece = '[Circular]'; } piece = text(piece, 'undefined'); }
      else if (c === 'o' || c === 'O') piece = inspect(args[next++]);
      else if (c === 'c') { next++; piece = ''; }
      else { at += 1; continue; }
      out += slice(first, from, at) + piece;
      from = at += 2;
    }
    out += slice(first, from);
  } else {
    out = show(first);
  }
  for (; next < count; next++) out += ' ' + show(args[next]);
  return out;
}

function formatNumber(v, how) {
  if (typeof v === 'bigint') return bigintText(v) + 'n';
  if (typeof v === 'symbol' || typeof v === 'object') return 'NaN';
  if (how === 'f') return NativeString(parseFloat(v));
  return NativeString(how === 'i' ? parseInt(v, 10) : NativeNumber(v));
}

let group = '';
function emit(level, args) {
  const line = formatArgs(args);
  host(LOG, level, group === '' ? line : group + line);
}

const counts = new NativeMap(), times = new NativeMap();
const labelOf = (label) => label === undefined ? 'default' : NativeString(label);
const console = {
  log(...args) { emit(0, args); },
  info(...args) { emit(1, args); },
  warn(...args) { emit(2, args); },
  error(...args) { emit(3, args); },
  debug(...args) { emit(4, args); },
  trace(...args) { const e = new NativeError(); host(LOG, 3, 'Trace: ' + formatArgs(args) + '\n' + trimStack(e.stack)); },
  dir(value) { host(LOG, 0, group + inspect(value)); },
  assert(condition, ...args) {
    if (condition) return;
    const line = formatArgs(args);
    host(LOG, 3, group + (line === '' ? 'Assertion failed' : 'Assertion failed: ' + line));
  },
  count(label) {
    const key = labelOf(label), n = (mapGet(counts, key) || 0) + 1;
    mapSet(counts, key, n);
    host(LOG, 0, group + key + ': ' + n);
  },
  countReset(label) { mapDelete(counts, labelOf(label)); },
  time(label) { mapSet(times, labelOf(label), dateNow()); },
  timeEnd(label) {
    const key = labelOf(label), start = mapGet(times, key);
    if (start === undefined) return;
    mapDelete(times, key);
    host(LOG, 0, group + key + ': ' + (dateNow() - start) + 'ms');
  },
  timeLog(label, ...args) {
    const key = labelOf(label), start = mapGet(times, key);
    if (start !== undefined) host(LOG, 0, group + key + ': ' + (dateNow() - start) + 'ms' + (args.length ? ' ' + formatArgs(args) : ''));
  },
  group(...args) { if (args.length > 0) emit(0, args); if (group.length < 200) group += '  '; },
  groupEnd() { group = slice(group, 2); },
  table(value) { host(LOG, 0, group + inspect(value)); },
};
console.groupCollapsed = console.group;
globals.console = console;
