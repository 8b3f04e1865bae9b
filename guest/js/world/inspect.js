// ---- inspect: what console and a report show for a value, as Node 20's util.inspect does
//
// Objects are shown in three steps: a frame (base, opening and closing bracket), the items and properties as a list of
// texts, and their layout on one line, in columns or on a line each. `state` is what one inspection shares.
//
//  1. Getters and proxies are not triggered. What Node asks a value for is asked, too: constructor.name, Symbol.toStringTag
//     and its own inspect.custom; what goes wrong there shows up in the text and nowhere else.
//  2. A text is bounded: each piece lowers `state.room`, and when there is none left lists end in "... n more items".
//  3. Time is linear in what is shown and in the number of own keys of what is shown.
//
// Lists of our own are arrays without a prototype, so that no setter of the guest's sees what is put in.

const INSPECT_DEPTH = 2, INSPECT_ITEMS = 100, INSPECT_LINE = 80, INSPECT_STRING = 10000, INSPECT_TEXT = 100000;
// How many index keys of long arrays one inspection goes through in search of other keys.
const INSPECT_KEYS = 20000, SHORT_ARRAY = 200;
const INSPECT_CHAIN = 1000; // how many prototypes are searched for a constructor
const WIDE_ITEM = 2000; // texts of this length are never put into columns
const LABELS = 512, LABEL_LENGTH = 40;
const PROMISE_STATE = 8, PENDING = 0, REJECTED = 2;
const INTERRUPTED = ': Inspection interrupted prematurely. Maximum call stack size exceeded.]';

const keysOf = Object.keys, symbolsOf = Object.getOwnPropertySymbols;
const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable), hasOwnKey = uncurry(Object.prototype.hasOwnProperty);
const isPrototypeOf = uncurry(Object.prototype.isPrototypeOf);
const inspectTag = Symbol.toStringTag, inspectIterator = Symbol.iterator, inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const matchText = uncurry(RegExp.prototype.exec), joinTexts = uncurry(Array.prototype.join);
const padStart = uncurry(String.prototype.padStart), padEnd = uncurry(String.prototype.padEnd);
const endsWith = uncurry(String.prototype.endsWith), beginsWith = uncurry(String.prototype.startsWith);
const codePointAt = uncurry(String.prototype.codePointAt), fromCodePoint = String.fromCodePoint;
const normalizeText = uncurry(String.prototype.normalize);
const {sqrt, round, min, max} = Math;
const mapEntries = uncurry(Map.prototype.entries), nextOfMap = uncurry(new Map().entries().next);
const setValues = uncurry(Set.prototype.values), nextOfSet = uncurry(new Set().values().next);
const symbolValue = uncurry(Symbol.prototype.valueOf), bigintValue = uncurry(BigInt.prototype.valueOf);
const InspectRegExp = RegExp, FunctionProto = Function.prototype, ErrorProto = Error.prototype;
const IteratorProto = getPrototypeOf(getPrototypeOf([].values()));

// What cannot stand in quotes as it is; pairs of surrogates are sorted out by hand.
const unquotable = /[\0-\x1f'\\\x7f-\x9f\ud800-\udfff]/, everyUnquotable = new RegExp(unquotable, 'g');
const plainKey = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const beyondASCII = /[^\n -~]/, noWidth = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]$/u;
const doubleWidth = new RegExp('^(?:[\u{1100}-\u{115f}\u{2329}-\u{232a}\u{2630}-\u{2637}\u{268a}-\u{268f}\u{2e80}-\u{303e}' +
  '\u{3041}-\u{3247}\u{3250}-\u{a4c6}\u{a960}-\u{a97c}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe10}-\u{fe19}\u{fe30}-\u{fe6b}' +
  '\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{16fe0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]' +
  '|\\p{Emoji_Presentation})$', 'u');

// The engine's numbers for classes, and the names that objects of these classes have where no constructor says one.
const OBJECT = classOf({}), ARRAY = classOf([]), SYMBOL = classOf(Object(Symbol())), BIGINT = classOf(Object(1n));
const ARGUMENTS = classOf((function () { return arguments; })()), SLOPPY_ARGUMENTS = classOf(Function('return arguments')());
const MAP_ITERATOR = classOf(new Map().values()), SET_ITERATOR = classOf(new Set().values());
const GENERATOR_FUNCTION = classOf(function* () {}), ASYNC_FUNCTION = classOf(async function () {});
const ASYNC_GENERATOR_FUNCTION = classOf(async function* () {}), SCRIPT_FUNCTION = classOf(function () {});
const typedNames = {__proto__: null}, classNames = {
  __proto__: null, [ARRAY]: 'Array', [MAP]: 'Map', [SET]: 'Set', [DATE]: 'Date', [REGEXP]: 'RegExp', [BUFFER]: 'ArrayBuffer',
  [VIEW]: 'DataView', [PROMISE]: 'Promise', [WEAKMAP]: 'WeakMap', [WEAKSET]: 'WeakSet', [ERRORS]: 'Error',
  [NUMBER]: 'Number', [STRING]: 'String', [BOOLEAN]: 'Boolean', [SYMBOL]: 'Symbol', [BIGINT]: 'BigInt'};
// Names of the built-in classes: what inherits from one of them has nothing to say of its own prototypes.
const builtInNames = {__proto__: null};
for (let i = 0, all = ownKeys(globalThis); i < all.length; i++) {
  if (typeof all[i] === 'string' && /^[A-Z][a-zA-Z0-9]+$/.test(all[i])) builtInNames[all[i]] = true;
  const f = globalThis[all[i]];
  if (typeof f === 'function' && getPrototypeOf(f) === getPrototypeOf(Uint8Array))
    typedNames[classOf(new f())] = classNames[classOf(new f())] = f.name;
}

// A data descriptor has no `get` of its own: where a guest has put one on Object.prototype, it must not be asked.
let ownDescriptor = getOwnPropertyDescriptor;
const describeAlone = (v, key) => {
  const d = getOwnPropertyDescriptor(v, key);
  return d === undefined ? d : setPrototypeOf(d, null);
};
const isPolluted = () => hasOwnKey(ObjectProto, 'get') || hasOwnKey(ObjectProto, 'set') || hasOwnKey(ObjectProto, 'value');

const listOf = (array) => setPrototypeOf(array, null);
const plural = (count, noun) => count + noun + (count > 1 ? 's' : '');
const moreItems = (count) => '... ' + plural(count, ' more item');

// ---- texts

function escapeUnit(c) {
  switch (c) {
    case 8: return '\\b';
    case 9: return '\\t';
    case 10: return '\\n';
    case 12: return '\\f';
    case 13: return '\\r';
    case 39: return "\\'";
    case 92: return '\\\\';
  }
  if (c >= 0xd800) return '\\u' + '0123456789abcdef'[c >> 12] + '0123456789abcdef'[c >> 8 & 15] +
    '0123456789abcdef'[c >> 4 & 15] + '0123456789abcdef'[c & 15];
  return '\\x' + '0123456789ABCDEF'[c >> 4] + '0123456789ABCDEF'[c & 15];
}

function escapeText(s, single) {
  let out = '', from = 0;
  everyUnquotable.lastIndex = 0;
  for (let found = matchText(everyUnquotable, s); found !== null; found = matchText(everyUnquotable, s)) {
    const at = found.index, c = charCodeAt(s, at);
    if (c === 39 && !single) continue;
    if (c >= 0xd800 && c <= 0xdbff) {
      const next = charCodeAt(s, at + 1);
      if (next >= 0xdc00 && next <= 0xdfff) {
        everyUnquotable.lastIndex = at + 2;
        continue;
      }
    }
    out += slice(s, from, at) + escapeUnit(c);
    from = at + 1;
  }
  return from === 0 ? s : out + slice(s, from);
}

function quote(s) {
  if (matchText(unquotable, s) === null) return "'" + s + "'";
  if (indexOf(s, "'") < 0) return "'" + escapeText(s, true) + "'";
  if (indexOf(s, '"') < 0) return '"' + escapeText(s, false) + '"';
  if (indexOf(s, '`') < 0 && indexOf(s, '${') < 0) return '`' + escapeText(s, false) + '`';
  return "'" + escapeText(s, true) + "'";
}

// What stands before the colon of a property. Most keys come again and again.
const labels = {__proto__: null};
let labelCount = 0;
function labelOfKey(key) {
  if (typeof key === 'symbol') return '[' + escapeText(clip(symbolText(key)), true) + ']';
  let label = labels[key];
  if (label !== undefined) return label;
  const shown = clip(key);
  label = key === '__proto__' ? "['__proto__']" : matchText(plainKey, shown) !== null ? shown : quote(shown);
  if (labelCount < LABELS && key.length <= LABEL_LENGTH) {
    labelCount++;
    labels[key] = label;
  }
  return label;
}

const clip = (s) => s.length > INSPECT_STRING ? slice(s, 0, INSPECT_STRING) + '...' : s;

// How many columns of a terminal a text takes.
function widthOf(s) {
  let width = 0;
  if (matchText(beyondASCII, s) === null) {
    for (let at = indexOf(s, '\n'); at >= 0; at = indexOf(s, '\n', at + 1)) width--;
    return width + s.length;
  }
  const t = normalizeText(s, 'NFC');
  for (let i = 0; i < t.length; i++) {
    const code = codePointAt(t, i);
    if (code > 0xffff) i++;
    if (code >= 32 && code < 127 || code === 0xad) {
      width++;
      continue;
    }
    const c = fromCodePoint(code);
    width += matchText(doubleWidth, c) !== null ? 2 : matchText(noWidth, c) !== null ? 0 : 1;
  }
  return width;
}

// The lines after the first, moved to where the text stands.
function indentLines(s, indent, state) {
  let at = indent === 0 ? -1 : indexOf(s, '\n');
  if (at < 0) return s;
  const gap = repeat(' ', indent);
  let out = '', from = 0;
  for (; at >= 0 && state.room >= 0; at = indexOf(s, '\n', from)) {
    out += slice(s, from, at + 1) + gap;
    state.room -= indent;
    from = at + 1;
  }
  return out + slice(s, from);
}

// ---- primitives

function showNumber(v) { return v === 0 && is(v, -0) ? '-0' : NativeString(v); }

function showString(v, state) {
  let trailer = '';
  const rest = v.length - INSPECT_STRING;
  if (rest > 0) {
    trailer = '... ' + plural(rest, ' more character');
    v = slice(v, 0, INSPECT_STRING);
  }
  state.room -= v.length;
  let at = v.length > 16 && v.length > state.width - state.indent - 4 ? indexOf(v, '\n') : -1;
  if (at < 0) return quote(v) + trailer;
  const gap = ' +\n' + repeat(' ', state.indent + 2);
  let out = '', from = 0;
  for (; at >= 0 && state.room >= 0; at = indexOf(v, '\n', from)) {
    out += (from === 0 ? '' : gap) + quote(slice(v, from, at + 1));
    state.room -= gap.length;
    from = at + 1;
  }
  return (from === v.length ? out : out + gap + quote(slice(v, from))) + trailer;
}

function showPrimitive(v, state) {
  switch (typeof v) {
    case 'string': return showString(v, state);
    case 'number': return showNumber(v);
    case 'bigint': {
      const digits = bigintText(v);
      state.room -= digits.length;
      return digits + 'n';
    }
    case 'boolean': return v ? 'true' : 'false';
    case 'symbol': {
      const shown = clip(symbolText(v));
      state.room -= shown.length;
      return shown;
    }
  }
  return v === null ? 'null' : 'undefined';
}

// ---- an inspection

const newState = () => ({__proto__: null, depth: INSPECT_DEPTH, items: INSPECT_ITEMS, width: INSPECT_LINE, hidden: false,
  custom: true, indent: 0, current: 0, open: listOf([]), count: 0, refs: null, room: INSPECT_TEXT, keys: INSPECT_KEYS});

// One state is kept for the next inspection; one that comes in between (a guest's inspect.custom logs) makes its own.
let spareState = newState();

function inspect(v) {
  if (v === null || (typeof v !== 'object' && typeof v !== 'function')) return inspectPrimitive(v);
  ownDescriptor = isPolluted() ? describeAlone : getOwnPropertyDescriptor;
  const state = spareState === null ? newState() : spareState;
  spareState = null;
  const out = showObject(v, 0, false, state);
  state.current = 0;
  state.refs = null;
  state.room = INSPECT_TEXT;
  state.keys = INSPECT_KEYS;
  spareState = state;
  return out;
}

function inspectPrimitive(v) {
  return typeof v === 'number' ? showNumber(v) : showPrimitive(v, spareState === null ? newState() : spareState);
}

// With the options of util.inspect that make sense here; others are ignored.
function inspectWith(v, options, custom = true) {
  ownDescriptor = isPolluted() ? describeAlone : getOwnPropertyDescriptor;
  const state = newState();
  state.custom = custom;
  if (typeof options === 'object' && options !== null) {
    const {depth, showHidden, maxArrayLength, breakLength, customInspect} = options;
    if (depth === null) state.depth = Infinity;
    else if (typeof depth === 'number') state.depth = depth;
    if (maxArrayLength === null) state.items = Infinity;
    else if (typeof maxArrayLength === 'number') state.items = max(0, maxArrayLength);
    if (typeof breakLength === 'number') state.width = breakLength;
    if (showHidden !== undefined) state.hidden = !!showHidden;
    if (customInspect !== undefined) state.custom = !!customInspect;
  }
  return showValue(v, 0, state);
}

function showValue(v, depth, state) {
  return v !== null && (typeof v === 'object' || typeof v === 'function') ?
    showObject(v, depth, false, state) : showPrimitive(v, state);
}

function isStackOverflow(e) {
  return isError(e) && peek(e, 'message', '') === 'Maximum call stack size exceeded';
}

// null: the proxy is revoked, which the host says by an exception.
const targetOf = (proxy) => { try { return host(TARGET, proxy); } catch { return null; } };

// `inBuffer`: it is the buffer of a typed array, whose bytes have been shown.
function showObject(v, depth, inBuffer, state) {
  const count = state.count, indent = state.indent;
  try {
    let target = v, kind = classOf(v);
    for (let n = 0; kind === PROXY; kind = classOf(target))
      if ((target = targetOf(target)) === null || n++ > 100) return '<Revoked Proxy>';
    if (state.custom && state.room >= 0) {
      const custom = target[inspectCustom];
      if (typeof custom === 'function') {
        const shown = showByCustom(custom, v, target, depth, state);
        if (shown !== undefined) return shown;
      }
    }
    if (kind === OBJECT && count === 0 && getPrototypeOf(target) === ObjectProto && peek(target, inspectTag, undefined) === undefined)
      return showPlain(target, '{', 'Object', '', depth, state);
    for (let i = 0; i < count; i++) if (state.open[i] === target) return '[Circular *' + referenceTo(target, state) + ']';
    return describe(target, kind, depth, inBuffer, state);
  } catch (e) {
    while (state.count > count) state.open[--state.count] = undefined;
    state.indent = indent;
    return isStackOverflow(e) ? '[' + nameInTrouble(v) + INTERRUPTED : '[object that cannot be shown]';
  }
}

function nameInTrouble(v) { return isArray(v) ? 'Array' : 'Object'; }

function referenceTo(v, state) {
  if (state.refs === null) state.refs = new NativeMap();
  let index = mapGet(state.refs, v);
  if (index === undefined) mapSet(state.refs, v, index = mapSizeOf(state.refs) + 1);
  return index;
}

// undefined: the object is to be shown as any other.
function showByCustom(custom, v, target, depth, state) {
  const maker = target.constructor;
  if (maker && maker.prototype === target) return undefined;
  const shown = apply(custom, v, [state.depth - depth, {
    stylize: (s) => NativeString(s), showHidden: state.hidden, depth: state.depth, colors: false, customInspect: true, showProxy: false,
    maxArrayLength: state.items, maxStringLength: INSPECT_STRING, breakLength: state.width, compact: 3, sorted: false,
    getters: false, numericSeparator: false,
  }, (value, options) => inspectWith(value, options)]);
  if (shown === v) return undefined;
  if (typeof shown !== 'string') return showValue(shown, depth, state);
  state.room -= shown.length;
  return indentLines(shown.length > INSPECT_TEXT ? slice(shown, 0, INSPECT_TEXT) + '...' : shown, state.indent, state);
}

// ---- names

const isInstance = (v, f) => { try { return v instanceof f; } catch { return false; } };

// The constructor's name; null: there is no prototype.
function constructorName(v, kind, depth, state) {
  let first;
  for (let p = v, n = 0; p !== null; n++) {
    if (n > INSPECT_CHAIN) return 'Object <Complex prototype>';
    if (p !== v && p === ObjectProto) return 'Object';
    if (p !== v && p === FunctionProto) return 'Function';
    const d = p === IteratorProto ? undefined : getOwnPropertyDescriptor(p, 'constructor');
    if (d !== undefined && typeof d.value === 'function') {
      const name = d.value.name;
      if (name !== '' && isInstance(v, d.value)) return clip(NativeString(name));
    }
    p = getPrototypeOf(p);
    if (first === undefined) first = p;
  }
  if (first === null) return null;
  const own = (classNames[kind] || (typeof v === 'function' ? 'Function' : 'Object')) + ' <';
  if (depth > state.depth) return own + 'Complex prototype>';
  const inherited = constructorName(first, classOf(first), depth + 1, state);
  return own + (inherited === null ? inspectWith(first, {__proto__: null, depth: -1, customInspect: false}) : inherited) + '>';
}

function prefixOf(name, tag, fallback, size) {
  if (name === null) return '[' + fallback + size + ': null prototype] ' + (tag !== '' && tag !== fallback ? '[' + tag + '] ' : '');
  return name + size + ' ' + (tag !== '' && tag !== name ? '[' + tag + '] ' : '');
}

function genericPrefix(kind, name, tag) {
  const fallback = classNames[kind] || 'Object';
  return prefixOf(name, tag, name === null && fallback === tag ? 'Object' : fallback, '');
}

// ---- keys

function shownKeys(v, state) {
  if (state.hidden) return listOf(ownKeys(v));
  const keys = listOf(keysOf(v)), symbols = symbolsOf(v);
  for (let i = 0; i < symbols.length; i++) if (isEnumerable(v, symbols[i])) keys[keys.length] = symbols[i];
  return keys;
}

function isIndex(key) {
  if (typeof key !== 'string' || key === '') return false;
  const c = charCodeAt(key, 0);
  if (c < 48 || c > 57) return false;
  const n = NativeNumber(key) >>> 0;
  return n !== 4294967295 && NativeString(n) === key;
}

// The keys of an array, a typed one or a boxed string beside its elements. Indices come first among own keys, and then, where
// there is one, `length`; so the others are looked for from the end.
function extraKeys(v, length, state) {
  const out = listOf([]);
  if (length > SHORT_ARRAY && (state.keys -= length) < 0) return out;
  const keys = ownKeys(v);
  let from = keys.length;
  while (from > 0 && keys[from - 1] !== 'length' && !isIndex(keys[from - 1])) from--;
  if (state.hidden && from > 0 && keys[from - 1] === 'length') from--;
  for (; from < keys.length; from++)
    if (state.hidden || isEnumerable(v, keys[from])) out[out.length] = keys[from];
  return out;
}

// ---- objects

function describe(v, kind, depth, inBuffer, state) {
  const proto = getPrototypeOf(v);
  const name = proto === ObjectProto && kind === OBJECT ? 'Object' : proto === ArrayProto && kind === ARRAY ? 'Array' :
    constructorName(v, kind, depth, state);
  let tag = peek(v, inspectTag, '');
  if (typeof tag !== 'string' || tag === '' || (state.hidden ? hasOwnKey : isEnumerable)(v, inspectTag)) tag = '';
  else tag = clip(tag);
  if (kind === OBJECT && name !== null) {
    const isAnError = name !== 'Object' && isPrototypeOf(ErrorProto, v);
    if (!isAnError) return showPlain(v, name === 'Object' && tag === '' ? '{' : prefixOf(name, tag, '', '') + '{', name, tag, depth, state);
  }

  if (kind !== ARRAY && kind !== MAP && kind !== SET && typedNames[kind] === undefined)
    return describeOther(v, kind, name, tag, depth, inBuffer, state);
  if (name !== null && !(inspectIterator in v)) return describeOther(v, OBJECT, name, tag, depth, false, state);
  let open, close = '}', keys, size;
  if (kind === ARRAY) {
    size = v.length;
    open = (name !== 'Array' || tag !== '' ? prefixOf(name, tag, 'Array', '(' + size + ')') : '') + '[';
    close = ']';
    keys = extraKeys(v, size, state);
  } else if (kind === SET || kind === MAP) {
    size = kind === SET ? setSizeOf(v) : mapSizeOf(v);
    open = prefixOf(name, tag, classNames[kind], '(' + size + ')') + '{';
    keys = shownKeys(v, state);
  } else {
    size = typedLength(v);
    open = prefixOf(name, tag, typedNames[kind], '(' + size + ')') + '[';
    close = ']';
    keys = extraKeys(v, size, state);
  }
  if (size === 0 && keys.length === 0 && !(state.hidden && isTyped(v))) return open + close;
  return showParts(v, kind, genericPrefix(kind, name, tag), name, '', open, close, close === ']', keys, depth, inBuffer, state);
}

// What has no items that can be counted.
function describeOther(v, kind, name, tag, depth, inBuffer, state) {
  let base = '', open = '{', keys;
  if (kind === MAP_ITERATOR || kind === SET_ITERATOR) {
    const plainTag = (kind === MAP_ITERATOR ? 'Map' : 'Set') + ' Iterator';
    open = '[' + (tag === plainTag || tag === '' ? plainTag : tag + '] [' + plainTag) + '] {';
    keys = shownKeys(v, state);
  } else if (typeof v === 'function') {
    base = functionBase(v, kind, name, tag);
    state.room -= base.length;
    keys = shownKeys(v, state);
    if (keys.length === 0) return base;
  } else if (name === 'Object') {
    if (kind === ARGUMENTS || kind === SLOPPY_ARGUMENTS) open = '[Arguments] {';
    else if (tag !== '') open = prefixOf(name, tag, 'Object', '') + '{';
    keys = shownKeys(v, state);
    if (keys.length === 0) return open + '}';
  } else if (kind === REGEXP || kind === DATE) {
    base = kind === REGEXP ? showRegExp(name === null ? new InspectRegExp(v) : v) : showDate(v);
    const prefix = prefixOf(name, tag, classNames[kind], '');
    if (prefix !== classNames[kind] + ' ') base = prefix + base;
    keys = shownKeys(v, state);
    if (keys.length === 0 || (kind === REGEXP && depth > state.depth)) return base;
  } else if (kind === ERRORS || isPrototypeOf(ErrorProto, v)) {
    keys = shownKeys(v, state);
    base = showError(v, name, tag, keys, state);
    if (keys.length === 0) return base;
  } else if (kind === BUFFER || kind === VIEW || kind === PROMISE || kind === WEAKSET || kind === WEAKMAP) {
    open = prefixOf(name, tag, classNames[kind], '') + '{';
    keys = shownKeys(v, state);
    if (kind === BUFFER && inBuffer && keys.length === 0) return open + ' byteLength: ' + bufferBytes(v) + ' }';
  } else if (kind === NUMBER || kind === STRING || kind === BOOLEAN || kind === SYMBOL || kind === BIGINT) {
    keys = kind === STRING ? extraKeys(v, stringValue(v).length, state) : shownKeys(v, state);
    base = boxedBase(v, kind, name, tag, state);
    if (keys.length === 0) return base;
  } else if (name === null && tag === 'Module' && isNamespace(v)) {
    open = prefixOf(null, tag, 'Module', '') + '{';
    keys = listOf(ownKeys(v));
    if (!state.hidden) keys.length--; // the tag
  } else {
    keys = shownKeys(v, state);
    open = genericPrefix(kind, name, tag) + '{';
    if (keys.length === 0) return open + '}';
  }
  return showParts(v, kind, genericPrefix(kind, name, tag), name, base, open, '}', false, keys, depth, inBuffer, state);
}

// The most common case: ordinary objects. Members that are plain numbers, short texts and the like are shown right here;
// only for others the object has to be known as open.
function showPlain(v, open, name, tag, depth, state) {
  if (depth > state.depth || state.room < 0) {
    if (shownKeys(v, state).length === 0) return open + '}';
    return '[' + slice(prefixOf(name, tag, '', ''), 0, -1) + ']';
  }
  const keys = ownKeys(v), count = keys.length, indent = state.indent, hidden = state.hidden;
  let out = null, n = 0, length = open.length + indent + 10, simple = true;
  for (let i = 0; i < count; i++) {
    const key = keys[i], d = ownDescriptor(v, key);
    if (d === undefined || !(d.enumerable || hidden)) continue;
    if (out === null) {
      out = listOf([]);
      state.current = depth + 1;
      state.room -= open.length;
    }
    if (state.room < 0) {
      length += (out[n++] = moreItems(count - i)).length + 2;
      break;
    }
    const value = d.value, type = typeof value;
    let shown;
    if (hidden || typeof key !== 'string') shown = null;
    else if (type === 'number') shown = value === 0 ? showNumber(value) : '' + value;
    else if (type === 'string') shown = value.length > 16 ? null : quote(value);
    else shown = value === null ? 'null' : type === 'boolean' ? (value ? 'true' : 'false') : null;
    if (shown === null) {
      if (simple) {
        simple = false;
        state.open[state.count++] = v;
      }
      out[n++] = showProperty(key, d, depth + 1, state);
      continue;
    }
    shown = (labels[key] || labelOfKey(key)) + ': ' + shown;
    out[n++] = shown;
    length += shown.length + 2;
    state.room -= shown.length + indent + 2;
  }
  if (hidden) {
    if (simple) {
      simple = false;
      state.open[state.count++] = v;
    }
    if (out === null) out = listOf([]);
    addInherited(v, out, depth + 1, state);
    if (out.length === 0) {
      state.open[--state.count] = undefined;
      return open + '}';
    }
  }
  if (out === null) return open + '}';
  if (!simple) return finish(v, out, '', open, '}', false, false, depth + 1, state);
  if (length > state.width) return tall(out, open, '}', state);
  let line = open + ' ' + out[0];
  for (let i = 1; i < n; i++) line += ', ' + out[i];
  return line + ' }';
}

function showProperty(key, d, depth, state) {
  const label = d.enumerable || typeof key === 'symbol' ? labelOfKey(key) : '[' + escapeText(clip(key), true) + ']';
  state.room -= label.length + state.indent + 4;
  return label + ': ' + showMember(d, depth, state);
}

function showMember(d, depth, state) {
  const v = d.value;
  if (v === undefined)
    return d.get !== undefined ? d.set !== undefined ? '[Getter/Setter]' : '[Getter]' : d.set !== undefined ? '[Setter]' : 'undefined';
  if (typeof v === 'number') {
    const digits = showNumber(v);
    state.room -= digits.length;
    return digits;
  }
  state.indent += 2;
  const shown = showValue(v, depth, state);
  state.indent -= 2;
  return shown;
}

// The items and properties of what is no ordinary object; `prefix` names it where it is too deep to be shown.
function showParts(v, kind, prefix, name, base, open, close, isList, keys, depth, inBuffer, state) {
  if (depth > state.depth || state.room < 0) return name === null ? slice(prefix, 0, -1) : '[' + slice(prefix, 0, -1) + ']';
  depth++;
  state.room -= open.length;
  state.open[state.count++] = v;
  state.current = depth;
  const out = listOf([]);
  let numeric = showItems(v, kind, out, depth, inBuffer, state);
  const items = out.length;
  for (let i = 0; i < keys.length; i++) {
    if (state.room < 0) {
      out[out.length] = moreItems(keys.length - i);
      break;
    }
    out[out.length] = showOwn(v, keys[i], depth, state);
  }
  if (state.hidden) addInherited(v, out, depth, state);
  // Columns are aligned to the right if there is a number for each text, elements that are not shown counted in.
  for (let i = items - 1; isList && numeric && i < out.length; i++) {
    const d = ownDescriptor(v, i);
    numeric = d !== undefined && isNumeric(d.value);
  }
  return finish(v, out, base, open, close, isList, numeric, depth, state);
}

function showOwn(v, key, depth, state) {
  let d;
  try {
    d = ownDescriptor(v, key);
  } catch {
    return labelOfKey(key) + ': <uninitialized>'; // of a module that has not run yet
  }
  if (d === undefined) d = {__proto__: null, value: v[key], enumerable: true};
  return showProperty(key, d, depth, state);
}

// Gives true if all elements of a list that are shown are numbers.
function showItems(v, kind, out, depth, inBuffer, state) {
  switch (kind) {
    case ARRAY: return showElements(v, out, depth, state);
    case MAP: case SET: showEntries(v, kind, out, depth, state); return false;
    case MAP_ITERATOR: case SET_ITERATOR: case WEAKMAP: case WEAKSET: out[0] = '<items unknown>'; return false;
    case PROMISE: showPromise(v, out, depth, state); return false;
    case BUFFER:
      if (!inBuffer) out[0] = showBytes(v, state);
      out[out.length] = 'byteLength: ' + bufferBytes(v);
      return false;
    case VIEW:
      out[0] = 'byteLength: ' + viewBytes(v);
      out[1] = 'byteOffset: ' + viewOffset(v);
      out[2] = showProperty('buffer', {__proto__: null, value: viewBuffer(v), enumerable: true}, depth, state);
      return false;
  }
  if (typedNames[kind] !== undefined) return showTyped(v, out, depth, state);
  return false;
}

const isNumeric = (v) => typeof v === 'number' || typeof v === 'bigint';

function showElements(v, out, depth, state) {
  const length = v.length, shown = min(length, state.items);
  const indent = state.indent;
  let numeric = true, n = 0;
  for (; n < shown; n++) {
    const d = ownDescriptor(v, n);
    if (d === undefined) {
      showSparse(v, n, shown, out, depth, state);
      return false;
    }
    if (state.room < 0) break;
    state.room -= indent + 4;
    const value = d.value, type = typeof value;
    if (type === 'number') {
      const digits = out[n] = value === 0 ? showNumber(value) : '' + value;
      state.room -= digits.length;
    } else {
      numeric = numeric && type === 'bigint';
      out[n] = type === 'string' && value.length <= 16 ? quote(value) : showMember(d, depth, state);
    }
  }
  if (n < length) out[n] = moreItems(length - n);
  return numeric;
}

// The rest of an array from its first hole on; each run of holes is one item.
function showSparse(v, from, shown, out, depth, state) {
  const keys = keysOf(v);
  let index = from;
  for (let i = from; i < keys.length && out.length < shown && state.room >= 0; i++) {
    if (!isIndex(keys[i])) break;
    const at = NativeNumber(keys[i]);
    if (at !== index) {
      state.room -= state.indent + 20;
      out[out.length] = '<' + plural(at - index, ' empty item') + '>';
      index = at;
      if (out.length === shown) break;
    }
    state.room -= state.indent + 4;
    out[out.length] = showMember(ownDescriptor(v, index++), depth, state);
  }
  const rest = v.length - index;
  if (rest > 0) out[out.length] = out.length < shown && state.room >= 0 ? '<' + plural(rest, ' empty item') + '>' : moreItems(rest);
}

// The items are listed first, so that no native frame lies between two levels of a nest.
function showEntries(v, kind, out, depth, state) {
  const size = kind === MAP ? mapSizeOf(v) : setSizeOf(v), shown = min(size, state.items);
  const all = kind === MAP ? mapEntries(v) : setValues(v);
  let n = 0;
  state.indent += 2;
  for (; n < shown && state.room >= 0; n++) {
    const step = kind === MAP ? nextOfMap(all) : nextOfSet(all);
    if (step.done) break;
    state.room -= state.indent + 4;
    out[n] = kind === SET ? showValue(step.value, depth, state) :
      showValue(step.value[0], depth, state) + ' => ' + showValue(step.value[1], depth, state);
  }
  state.indent -= 2;
  if (n < size) out[n] = moreItems(size - n);
}

function showTyped(v, out, depth, state) {
  const length = typedLength(v), shown = min(length, state.items);
  let n = 0;
  for (; n < shown && state.room >= 0; n++) {
    out[n] = typeof v[n] === 'bigint' ? bigintText(v[n]) + 'n' : showNumber(v[n]);
    state.room -= out[n].length + 2;
  }
  if (n < length) out[n] = moreItems(length - n);
  if (!state.hidden) return true;
  state.indent += 2;
  out[out.length] = '[BYTES_PER_ELEMENT]: ' + showPrimitive(v.BYTES_PER_ELEMENT, state);
  out[out.length] = '[length]: ' + length;
  out[out.length] = '[byteLength]: ' + typedBytes(v);
  out[out.length] = '[byteOffset]: ' + typedOffset(v);
  out[out.length] = '[buffer]: ' + showObject(typedBuffer(v), depth, true, state);
  state.indent -= 2;
  return false;
}

function showBytes(v, state) {
  let bytes;
  try { bytes = new NativeUint8(v); } catch { return '(detached)'; }
  const length = typedLength(bytes), shown = min(length, state.items, max(0, state.room));
  let out = '';
  for (let i = 0; i < shown; i++)
    out += (i === 0 ? '' : ' ') + '0123456789abcdef'[bytes[i] >> 4] + '0123456789abcdef'[bytes[i] & 15];
  if (length > shown) out += ' ... ' + plural(length - shown, ' more byte');
  state.room -= out.length;
  return '[Uint8Contents]: <' + out + '>';
}

// The host knows what a promise has become.
function showPromise(v, out, depth, state) {
  const what = host(PROMISE_STATE, v);
  if (what[0] === PENDING) {
    out[0] = '<pending>';
    return;
  }
  state.indent += 2;
  const shown = showValue(what[1], depth, state);
  state.indent -= 2;
  out[0] = what[0] === REJECTED ? '<rejected> ' + shown : shown;
}

function showRegExp(v) { return '/' + clip(regexpSource(v)) + '/' + NativeString(regexpFlags(v)); }

function showDate(v) {
  const t = dateValue(v);
  return t === t ? dateISO(v) : 'Invalid Date';
}

function boxedBase(v, kind, name, tag, state) {
  const value = kind === NUMBER ? numberValue(v) : kind === STRING ? stringValue(v) : kind === BOOLEAN ? booleanValue(v) :
    kind === BIGINT ? bigintValue(v) : symbolValue(v);
  const type = classNames[kind];
  return '[' + type + (name === type ? '' : name === null ? ' (null prototype)' : ' (' + name + ')') + ': ' +
    showPrimitive(value, state) + ']' + (tag !== '' && tag !== name ? ' [' + tag + ']' : '');
}

// The object that `import * as` gives. Nothing else can be made to look like it unless the guest wants that.
function isNamespace(v) {
  const d = ownDescriptor(v, inspectTag);
  return d !== undefined && !d.writable && !d.configurable && !d.enumerable;
}

// ---- functions

function functionBase(v, kind, name, tag) {
  const own = v.name;
  if (kind === SCRIPT_FUNCTION) {
    const d = getOwnPropertyDescriptor(v, 'prototype');
    if (d !== undefined && d.writable === false && beginsWith(functionText(v), 'class')) return classBase(v, name, tag);
  }
  const type = kind === ASYNC_FUNCTION ? 'AsyncFunction' : kind === GENERATOR_FUNCTION ? 'GeneratorFunction' :
    kind === ASYNC_GENERATOR_FUNCTION ? 'AsyncGeneratorFunction' : 'Function';
  return '[' + type + (name === null ? ' (null prototype)' : '') + (own === '' ? ' (anonymous)' : ': ' + clip(NativeString(own))) + ']' +
    (name !== type && name !== null ? ' ' + name : '') + (tag !== '' && tag !== name ? ' [' + tag + ']' : '');
}

function classBase(v, name, tag) {
  const own = hasOwnKey(v, 'name') && v.name;
  let out = '[class ' + (own ? clip(NativeString(own)) : '(anonymous)');
  if (name !== 'Function' && name !== null) out += ' [' + name + ']';
  if (tag !== '' && tag !== name) out += ' [' + tag + ']';
  if (name === null) return out + ' extends [null prototype]]';
  const parent = getPrototypeOf(v).name;
  return out + (parent ? ' extends ' + clip(NativeString(parent)) : '') + ']';
}

// ---- inherited properties: with showHidden, those that are no functions, of up to three prototypes that are not built in

function addInherited(v, out, depth, state) {
  const seen = {__proto__: null};
  let p = v;
  for (let layer = 0; layer < 3; layer++) {
    p = getPrototypeOf(p);
    if (p === null) return;
    const d = getOwnPropertyDescriptor(p, 'constructor');
    if (p === ObjectProto || (d !== undefined && typeof d.value === 'function' && builtInNames[peek(d.value, 'name', '')])) return;
    const keys = ownKeys(p);
    for (let i = 0; i < keys.length && state.room >= 0; i++) {
      const key = keys[i];
      if (key === 'constructor' || seen[key] || hasOwnKey(v, key)) continue;
      seen[key] = true;
      const member = ownDescriptor(p, key);
      if (member !== undefined && typeof member.value !== 'function') out[out.length] = showProperty(key, member, depth, state);
    }
  }
}
