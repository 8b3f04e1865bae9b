// What lives under the dome beside the engine: the console, timers, tools, and the crossing of values and errors.
//
// It runs once, when the image is made, and leaves its functions to the host by the array that it returns (the order is
// enum entry in src/core/js.c). `host(op, ...)` is the one way out (enum op there).
//
// Invariants
//  1. Everything used after boot is captured here first: a guest that replaces Array.prototype.push, Promise.prototype.then
//     or JSON.stringify harms only itself. So: no iteration protocol, no array methods, no property of a guest's object
//     without a reason, no assignment to array indices (a setter on Array.prototype would see it).
//  2. Nothing here decides the status of a run. The host checks every text that leaves.
//  3. What guest code can make throw or loop (getters, proxies, toString) may do so; the host's limits hold here, too.
(function (host) {
'use strict';
const {apply, ownKeys, getOwnPropertyDescriptor, getPrototypeOf, defineProperty, deleteProperty} = Reflect;
const {create, freeze, setPrototypeOf, is} = Object;
const isArray = Array.isArray;
const stringify = JSON.stringify;
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const NativeError = Error, NativeTypeError = TypeError, NativeMap = Map, NativeSet = Set, NativePromise = Promise;
const PromiseReject = Promise.reject.bind(Promise);
const NativeString = String, NativeNumber = Number, NativeUint8 = Uint8Array;
const {isInteger, isFinite, parseFloat, parseInt} = Number;
const floor = Math.floor;
const dateNow = Date.now;
const mapGet = uncurry(Map.prototype.get), mapSet = uncurry(Map.prototype.set), mapDelete = uncurry(Map.prototype.delete);
const mapHas = uncurry(Map.prototype.has), setAdd = uncurry(Set.prototype.add), setHas = uncurry(Set.prototype.has);
const setDelete = uncurry(Set.prototype.delete);
const mapSizeOf = uncurry(getOwnPropertyDescriptor(Map.prototype, 'size').get);
const setSizeOf = uncurry(getOwnPropertyDescriptor(Set.prototype, 'size').get);
const mapEach = uncurry(Map.prototype.forEach), setEach = uncurry(Set.prototype.forEach);
const charCodeAt = uncurry(String.prototype.charCodeAt), slice = uncurry(String.prototype.slice);
const indexOf = uncurry(String.prototype.indexOf), repeat = uncurry(String.prototype.repeat);
const isWellFormed = uncurry(String.prototype.isWellFormed);
const dateISO = uncurry(Date.prototype.toISOString), dateValue = uncurry(Date.prototype.getTime);
const regexpSource = uncurry(getOwnPropertyDescriptor(RegExp.prototype, 'source').get);
const regexpFlags = uncurry(getOwnPropertyDescriptor(RegExp.prototype, 'flags').get);
const symbolText = uncurry(Symbol.prototype.toString), functionText = uncurry(Function.prototype.toString);
const bigintText = uncurry(BigInt.prototype.toString), booleanValue = uncurry(Boolean.prototype.valueOf);
const numberValue = uncurry(Number.prototype.valueOf), stringValue = uncurry(String.prototype.valueOf);
const typedProto = getPrototypeOf(Uint8Array.prototype);
const typedTag = uncurry(getOwnPropertyDescriptor(typedProto, Symbol.toStringTag).get);
const typedBuffer = uncurry(getOwnPropertyDescriptor(typedProto, 'buffer').get);
const typedOffset = uncurry(getOwnPropertyDescriptor(typedProto, 'byteOffset').get);
const typedBytes = uncurry(getOwnPropertyDescriptor(typedProto, 'byteLength').get);
const typedLength = uncurry(getOwnPropertyDescriptor(typedProto, 'length').get);
const bufferBytes = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get);
const viewBuffer = uncurry(getOwnPropertyDescriptor(DataView.prototype, 'buffer').get);
const viewOffset = uncurry(getOwnPropertyDescriptor(DataView.prototype, 'byteOffset').get);
const viewBytes = uncurry(getOwnPropertyDescriptor(DataView.prototype, 'byteLength').get);
const toBase64 = btoa, fromCodes = String.fromCharCode;
const ArrayProto = Array.prototype, ObjectProto = Object.prototype;
const isError = NativeError.isError || ((v) => v instanceof NativeError);

const LOG = 0, VALUE = 1, ERROR = 2, CALL = 3, TIMER = 4, LIMITED = 5, TARGET = 6, CLASS = 7;
const TOO_LARGE = 0, TOO_DEEP = 1, ARGUMENT_TOO_LARGE = 2;
const VALUE_DEPTH = 300; // a Map is three levels of JSON; the host takes 1000

const put = (object, key, value) => defineProperty(object, key, {
  __proto__: null, value, writable: true, enumerable: false, configurable: true});

// ---- kinds: what a value is, without asking the value

// The host reads an object's class without running guest code, Proxies included; the numbers are the engine's.
const classOf = (v) => host(CLASS, v);
const MAP = classOf(new Map()), SET = classOf(new Set()), DATE = classOf(new Date(0)), REGEXP = classOf(/a/);
const BUFFER = classOf(new ArrayBuffer(0)), VIEW = classOf(new DataView(new ArrayBuffer(0))), PROMISE = classOf(Promise.resolve());
const WEAKMAP = classOf(new WeakMap()), WEAKSET = classOf(new WeakSet()), ERRORS = classOf(new Error()), PROXY = classOf(new Proxy({}, {}));
const NUMBER = classOf(Object(0)), STRING = classOf(Object('')), BOOLEAN = classOf(Object(false));
const isTyped = (v) => typedTag(v) !== undefined;

// Reads a property of an untrusted object; whatever goes wrong is `fallback`.
const peek = (object, key, fallback) => { try { return object[key]; } catch { return fallback; } };
const text = (v, fallback) => typeof v === 'string' ? v : fallback;

function className(v) {
  for (let p = getPrototypeOf(v), n = 0; p !== null && n < 100; p = getPrototypeOf(p), n++) {
    const d = getOwnPropertyDescriptor(p, 'constructor');
    if (d !== undefined && typeof d.value === 'function') {
      const name = getOwnPropertyDescriptor(d.value, 'name');
      if (name !== undefined && typeof name.value === 'string' && name.value !== '') return name.value;
    }
  }
  return '';
}

// ---- values: JSON with tags for what JSON lacks (docs/REPORTS.md has the table)

function bytesOf(v, buffer, offset, length) {
  const bytes = new NativeUint8(buffer, offset, length);
  let binary = '';
  for (let i = 0; i < length; i++) binary += fromCodes(bytes[i]);
  return toBase64(binary);
}

const tag = (type, rest) => '{"$type":"' + type + '"' + rest + '}';
const tooMuch = (what) => { host(LIMITED, what); };

function encodeNumber(v) {
  if (v !== v) return tag('number', ',"value":"NaN"');
  if (v === Infinity) return tag('number', ',"value":"Infinity"');
  if (v === -Infinity) return tag('number', ',"value":"-Infinity"');
  if (v === 0 && is(v, -0)) return tag('number', ',"value":"-0"');
  return NativeString(v);
}

function encodeKey(key) {
  return stringify(isWellFormed(key) ? key : NativeString(key)) + ':';
}

// `state` holds what is open above (for cycles), the room left, and the path.
function encode(v, depth, path, state) {
  switch (typeof v) {
    case 'string': return spend(stringify(v), state);
    case 'number': return encodeNumber(v);
    case 'boolean': return v ? 'true' : 'false';
    case 'undefined': return tag('undefined', '');
    case 'bigint': return spend(tag('bigint', ',"value":"' + bigintText(v) + '"'), state);
    case 'symbol': return spend(tag('symbol', ',"description":' + stringify(slice(symbolText(v), 7, -1))), state);
    case 'function': return spend(tag('function', ',"name":' + stringify(text(peek(v, 'name', ''), ''))), state);
  }
  if (v === null) return 'null';
  if (mapHas(state.open, v)) return tag('ref', ',"path":' + stringify(mapGet(state.open, v)));
  if (depth >= VALUE_DEPTH) tooMuch(TOO_DEEP);
  mapSet(state.open, v, path);
  const out = encodeObject(v, depth + 1, path, state);
  mapDelete(state.open, v);
  return out;
}

function spend(piece, state) {
  if ((state.room -= piece.length) < 0) tooMuch(TOO_LARGE);
  return piece;
}

function encodeObject(v, depth, path, state) {
  if (isArray(v)) return encodeArray(v, depth, path, state);
  const proto = getPrototypeOf(v);
  if (proto === ObjectProto || proto === null) return encodePlain(v, depth, path, state);
  const kind = classOf(v);
  if (kind === DATE) {
    const time = dateValue(v);
    return tag('date', ',"value":' + (time === time ? '"' + dateISO(v) + '"' : 'null'));
  }
  if (kind === ERRORS) return encodeError(v, depth, path, state);
  if (kind === MAP || kind === SET) return encodeCollection(v, kind === MAP, depth, path, state);
  if (kind === REGEXP) return spend(tag('regexp', ',"source":' + stringify(regexpSource(v)) + ',"flags":' +
    stringify(NativeString(regexpFlags(v)))), state);
  if (isTyped(v)) return encodeBytes(typedTag(v), typedBuffer(v), typedOffset(v), typedBytes(v), state);
  if (kind === VIEW) return encodeBytes('DataView', viewBuffer(v), viewOffset(v), viewBytes(v), state);
  if (kind === BUFFER) return encodeBytes('ArrayBuffer', v, 0, bufferBytes(v), state);
  if (kind === NUMBER) return encode(numberValue(v), depth, path, state);
  if (kind === STRING) return encode(stringValue(v), depth, path, state);
  if (kind === BOOLEAN) return encode(booleanValue(v), depth, path, state);
  return encodePlain(v, depth, path, state);
}

function encodeBytes(kind, buffer, offset, length, state) {
  spend(repeat('=', length < 1e6 ? length : 1e6), state);
  if (length > state.room) tooMuch(TOO_LARGE);
  return tag('bytes', ',"class":"' + kind + '","base64":"' + bytesOf(null, buffer, offset, length) + '"');
}

function encodeArray(v, depth, path, state) {
  const length = v.length;
  if (length > state.room) tooMuch(TOO_LARGE);
  let out = '[';
  for (let i = 0; i < length; i++) {
    if (i > 0) out += ',';
    state.room--;
    out += encode(v[i], depth, path + '[' + i + ']', state);
  }
  return out + ']';
}

function encodePlain(v, depth, path, state) {
  const toJSON = v.toJSON; // not one that stands on Object.prototype: that would be on everything
  if (typeof toJSON === 'function' && toJSON !== peek(ObjectProto, 'toJSON')) return encode(apply(toJSON, v, ['']), depth, path, state);
  const keys = ownKeys(v), count = keys.length;
  if (getOwnPropertyDescriptor(v, '$type') !== undefined) return encodeEntries(v, keys, depth, path, state);
  let out = '';
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    if (typeof key !== 'string') continue;
    const d = getOwnPropertyDescriptor(v, key);
    if (d === undefined || !d.enumerable) continue;
    if (key === '$type') return encodeEntries(v, keys, depth, path, state); // of a proxy that said otherwise above
    out += (out === '' ? '{' : ',') + spend(encodeKey(key), state) + encode(v[key], depth, path + '.' + key, state);
  }
  return out === '' ? '{}' : out + '}';
}

// An object that has a "$type" of its own goes as entries, so that no guest value reads as a tag.
function encodeEntries(v, keys, depth, path, state) {
  let out = '';
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const d = typeof key === 'string' ? getOwnPropertyDescriptor(v, key) : undefined;
    if (d === undefined || !d.enumerable) continue;
    out += (out === '' ? '' : ',') + '[' + spend(stringify(key), state) + ',' + encode(v[key], depth, path + '.' + key, state) + ']';
  }
  return tag('object', ',"entries":[' + out + ']');
}

// The items are listed first, so that no native frame lies between two levels of a nest.
function encodeCollection(v, isMap, depth, path, state) {
  let head = null, tail = null, out = '', i = 0;
  const list = (value, key) => {
    const item = {__proto__: null, key, value, next: null};
    if (tail === null) head = item;
    else tail.next = item;
    tail = item;
  };
  if (isMap) mapEach(v, list);
  else setEach(v, list);
  for (let item = head; item !== null; item = item.next) {
    const at = path + '{' + i++ + '}';
    const value = encode(item.value, depth, at, state);
    out += (out === '' ? '' : ',') + (isMap ? '[' + encode(item.key, depth, at, state) + ',' + value + ']' : value);
  }
  return isMap ? tag('map', ',"entries":[' + out + ']') : tag('set', ',"values":[' + out + ']');
}

function encodeError(v, depth, path, state) {
  return spend(tag('error', ',"name":' + stringify(text(peek(v, 'name', 'Error'), 'Error')) +
    ',"message":' + stringify(text(peek(v, 'message', ''), ''))), state);
}

// The value of a run. Numbers, booleans, null and undefined never come here: the host writes those itself.
function giveValue(v, room) {
  const state = {__proto__: null, open: new NativeMap(), room};
  const json = encode(v, 0, '$', state);
  host(VALUE, json, inspect(v));
}

// ---- inspect: what console shows for a value, in the manner of Node's util.inspect

const INSPECT_DEPTH = 3, INSPECT_ITEMS = 100, INSPECT_LINE = 76, INSPECT_TEXT = 100000;

function quote(s) {
  const quoteMark = indexOf(s, "'") < 0 ? "'" : indexOf(s, '"') < 0 ? '"' : indexOf(s, '`') < 0 ? '`' : "'";
  let out = quoteMark, from = 0;
  for (let i = 0; i < s.length; i++) {
    const c = charCodeAt(s, i);
    let e;
    if (c === 10) e = '\\n';
    else if (c === 9) e = '\\t';
    else if (c === 13) e = '\\r';
    else if (c === 92) e = '\\\\';
    else if (c < 32 || c === 127) e = '\\x' + '0123456789ABCDEF'[c >> 4] + '0123456789ABCDEF'[c & 15];
    else if (s[i] === quoteMark) e = '\\' + quoteMark;
    else continue;
    out += slice(s, from, i) + e;
    from = i + 1;
  }
  return out + slice(s, from) + quoteMark;
}

function isIdentifier(key) {
  if (key === '') return false;
  for (let i = 0; i < key.length; i++) {
    const c = charCodeAt(key, i);
    const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 36;
    if (!letter && (i === 0 || c < 48 || c > 57)) return false;
  }
  return true;
}

function inspect(v) {
  return inspectValue(v, 0, '', {__proto__: null, open: new NativeSet(), room: INSPECT_TEXT});
}

function inspectPrimitive(v) {
  switch (typeof v) {
    case 'string': return quote(v.length > 10000 ? slice(v, 0, 10000) + '... ' + (v.length - 10000) + ' more characters' : v);
    case 'number': return is(v, -0) ? '-0' : NativeString(v);
    case 'bigint': return bigintText(v) + 'n';
    case 'symbol': return symbolText(v);
    default: return NativeString(v);
  }
}

function inspectFunction(v) {
  const d = getOwnPropertyDescriptor(v, 'name');
  const name = d !== undefined && typeof d.value === 'string' ? d.value : '';
  let isClass = false;
  try { isClass = slice(functionText(v), 0, 5) === 'class'; } catch {}
  const kind = isClass ? 'class' : 'Function';
  return name === '' ? '[' + kind + ' (anonymous)]' : isClass ? '[class ' + name + ']' : '[Function: ' + name + ']';
}

function inspectValue(v, depth, indent, state) {
  if (v === null || (typeof v !== 'object' && typeof v !== 'function')) return inspectPrimitive(v);
  if (state.room <= 0) return '...';
  let out;
  if (setHas(state.open, v)) return '[Circular]';
  try {
    setAdd(state.open, v);
    out = inspectObject(v, depth, indent, state);
  } catch (e) {
    if (isStackOverflow(e)) throw e;
    out = '[object that cannot be shown]';
  } finally {
    setDelete(state.open, v);
  }
  state.room -= out.length;
  return out;
}

function isStackOverflow(e) {
  return isError(e) && peek(e, 'message', '') === 'Maximum call stack size exceeded';
}

function inspectError(v) {
  const name = text(peek(v, 'name', 'Error'), 'Error'), message = text(peek(v, 'message', ''), '');
  const stack = text(peek(v, 'stack', ''), '');
  const head = message === '' ? name : name + ': ' + message;
  return stack === '' ? '[' + head + ']' : head + '\n' + trimStack(stack);
}

// A proxy is shown as its target, so that no trap runs; the host knows which objects are proxies.
function inspectObject(v, depth, indent, state) {
  let kind = classOf(v);
  for (let n = 0; kind === PROXY; kind = classOf(v))
    if ((v = host(TARGET, v)) === null || n++ > 100) return '<Revoked Proxy>';
  if (typeof v === 'function') return inspectFunction(v);
  const proto = getPrototypeOf(v), plain = proto === ObjectProto || proto === ArrayProto || proto === null;
  if (!plain) {
    if (kind === ERRORS) return inspectError(v);
    if (kind === DATE) { const t = dateValue(v); return t === t ? dateISO(v) : 'Invalid Date'; }
    if (kind === REGEXP) return '/' + regexpSource(v) + '/' + regexpFlags(v);
  }
  const name = className(v);
  if (depth >= INSPECT_DEPTH) return isArray(v) ? '[Array]' : '[' + (name === '' ? 'Object: null prototype' : name) + ']';
  const next = indent + '  ';
  let body = '', count = 0, long = false;
  const add = (item) => {
    if (indexOf(item, '\n') >= 0) long = true;
    body += (count === 0 ? '' : ',\0') + item;
    count++;
  };
  const addRest = (size) => {
    const rest = size - INSPECT_ITEMS;
    if (rest > 0) add('... ' + rest + ' more item' + (rest > 1 ? 's' : ''));
  };
  let open = '{', close = '}', prefix = '';
  if (isArray(v) || (!plain && isTyped(v))) {
    const typed = !isArray(v), length = typed ? typedLength(v) : v.length;
    open = '['; close = ']';
    if (typed) prefix = typedTag(v) + '(' + length + ') ';
    else if (name !== 'Array') prefix = (name || 'null') + '(' + length + ') ';
    const shown = length < INSPECT_ITEMS ? length : INSPECT_ITEMS;
    let holes = 0;
    const flush = () => { if (holes > 0) add('<' + holes + ' empty item' + (holes > 1 ? 's>' : '>')); holes = 0; };
    for (let i = 0; i < shown; i++) {
      const d = getOwnPropertyDescriptor(v, NativeString(i));
      if (d === undefined) { holes++; continue; }
      flush();
      add(inspectProperty(d, depth, next, state));
    }
    flush();
    addRest(length);
    return wrap(prefix, open, close, body, count, long, indent);
  }
  if (plain) {
    if (proto === null) prefix = '[Object: null prototype] ';
  } else if (kind === MAP) {
    prefix = name + '(' + mapSizeOf(v) + ') ';
    mapEach(v, (value, key) => {
      if (count < INSPECT_ITEMS) add(inspectValue(key, depth + 1, next, state) + ' => ' + inspectValue(value, depth + 1, next, state));
    });
    addRest(mapSizeOf(v));
  } else if (kind === SET) {
    prefix = name + '(' + setSizeOf(v) + ') ';
    setEach(v, (value) => { if (count < INSPECT_ITEMS) add(inspectValue(value, depth + 1, next, state)); });
    addRest(setSizeOf(v));
  } else if (kind === BUFFER) return 'ArrayBuffer { byteLength: ' + bufferBytes(v) + ' }';
  else if (kind === PROMISE) return 'Promise {}';
  else if (kind === WEAKMAP || kind === WEAKSET) return name + ' { <items unknown> }';
  else if (name === '') prefix = '[Object: null prototype] ';
  else if (name !== 'Object') prefix = name + ' ';
  const keys = ownKeys(v);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i], d = getOwnPropertyDescriptor(v, key);
    if (d === undefined || !d.enumerable) continue;
    if (count >= INSPECT_ITEMS) { add('... ' + (keys.length - i) + ' more'); break; }
    const label = typeof key === 'symbol' ? '[' + symbolText(key) + ']' : isIdentifier(key) ? key : quote(key);
    add(label + ': ' + inspectProperty(d, depth, next, state));
  }
  return wrap(prefix, open, close, body, count, long, indent);
}

function inspectProperty(d, depth, next, state) {
  if (d.get !== undefined || d.set !== undefined)
    return d.get === undefined ? '[Setter]' : d.set === undefined ? '[Getter]' : '[Getter/Setter]';
  return inspectValue(d.value, depth + 1, next, state);
}

// `body` has its items separated by ",\0": on one line when they fit, else a line each.
function wrap(prefix, open, close, body, count, long, indent) {
  if (count === 0) return prefix + open + close;
  const oneLine = !long && body.length + indent.length + prefix.length <= INSPECT_LINE;
  const gap = oneLine ? ' ' : '\n' + indent + '  ';
  let out = prefix + open + gap, from = 0;
  for (let at = indexOf(body, '\0'); at >= 0; at = indexOf(body, '\0', from)) {
    out += slice(body, from, at) + gap;
    from = at + 1;
  }
  return out + slice(body, from) + (oneLine ? ' ' : '\n' + indent) + close;
}

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

// ---- errors

const OWN = '(native:'; // how stacks name this file
// Drops the frames of this file and of native functions.
function trimStack(stack) {
  let out = '', from = 0;
  while (from < stack.length) {
    let end = indexOf(stack, '\n', from);
    if (end < 0) end = stack.length;
    const line = slice(stack, from, end);
    if (line !== '' && indexOf(line, OWN) < 0 && indexOf(line, '(native)') < 0) out += (out === '' ? '' : '\n') + line;
    from = end + 1;
  }
  return out;
}

function giveError(e) {
  let name = '', message = '', stack = '', code, data;
  if (typeof e === 'object' && e !== null || typeof e === 'function') {
    name = text(peek(e, 'name', ''), '');
    const m = peek(e, 'message', undefined);
    message = typeof m === 'string' ? m : isError(e) ? '' : inspect(e);
    stack = text(peek(e, 'stack', ''), '');
    code = peek(e, 'code', undefined);
    try { const d = peek(e, 'data', undefined); if (d !== undefined) data = stringify(d); } catch {}
    if (name === '') name = isError(e) ? 'Error' : 'Uncaught';
  } else {
    name = 'Uncaught';
    message = inspectPrimitive(e);
  }
  host(ERROR, name, message, trimStack(stack), text(code, undefined), text(data, undefined));
}

// An error that the host raises in the guest: of a rejected call, or a limit. `e` was made where the call was.
function makeError(name, message, code, data, e = new NativeError()) {
  put(e, 'message', message);
  if (name !== 'Error') put(e, 'name', name);
  put(e, 'stack', trimStack(text(e.stack, '')));
  if (code !== undefined) defineProperty(e, 'code', {__proto__: null, value: code, writable: true, enumerable: true, configurable: true});
  if (data !== undefined) defineProperty(e, 'data', {__proto__: null, value: data, writable: true, enumerable: true, configurable: true});
  return e;
}

// A guest's Error.prepareStackTrace is handed neither frames nor functions of this file.
const prepare = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace');
let prepareOfGuest, fileOf;
apply(prepare.set, NativeError, [(error, frames) => { fileOf = uncurry(frames[0].getFileName); }]);
new NativeError().stack;
apply(prepare.set, NativeError, [undefined]);
// A frame of the guest has a file's name; one of this file has 'native', one of a native function (`host` among them) none.
const isOfGuest = (frame) => { const file = fileOf(frame); return typeof file === 'string' && file !== 'native'; };
defineProperty(NativeError, 'prepareStackTrace', {
  __proto__: null, enumerable: false, configurable: true,
  get() { return prepareOfGuest; },
  set(f) {
    prepareOfGuest = f;
    apply(prepare.set, NativeError, [typeof f !== 'function' ? f : (error, frames) => {
      const shown = [];
      let count = 0;
      for (let i = 0; i < frames.length; i++)
        if (isOfGuest(frames[i]))
          defineProperty(shown, count++, {__proto__: null, value: frames[i], writable: true, enumerable: true, configurable: true});
      return f(error, shown);
    }]);
  },
});

// ---- timers: a list in order of time; the host is told of its head alone

const timers = new NativeMap();
let head = null, nextTimer = 1, live = 0;

function insert(timer) {
  if (head === null || timer.due < head.due) {
    timer.next = head;
    head = timer;
    return;
  }
  let at = head;
  while (at.next !== null && at.next.due <= timer.due) at = at.next;
  timer.next = at.next;
  at.next = timer;
}

function remove(timer) {
  if (head === timer) head = timer.next;
  else for (let at = head; at !== null; at = at.next)
    if (at.next === timer) { at.next = timer.next; break; }
  timer.next = null;
}

const tellHost = () => { host(TIMER, head === null ? -1 : head.due, live); };

function addTimer(callback, delay, args, repeats) {
  if (typeof callback !== 'function') throw new NativeTypeError('The first argument of a timer must be a function');
  delay = NativeNumber(delay);
  if (!(delay >= 1)) delay = repeats ? 1 : 0;
  if (delay > 2147483647) delay = 1;
  delay = floor(delay);
  host(TIMER, -2, live); // may refuse
  const id = nextTimer++;
  const timer = {__proto__: null, id, callback, args, due: dateNow() + delay, every: repeats ? delay : -1, next: null};
  mapSet(timers, id, timer);
  insert(timer);
  live++;
  tellHost();
  return id;
}

function clearTimer(id) {
  const timer = mapGet(timers, typeof id === 'number' ? id : NativeNumber(id));
  if (timer === undefined) return;
  mapDelete(timers, timer.id);
  remove(timer);
  live--;
  tellHost();
}

// Fires the first timer that is due at `now`; true when there was one.
function fireTimer(now) {
  const timer = head;
  if (timer === null || timer.due > now) return false;
  head = timer.next;
  if (timer.every >= 0) {
    timer.due = now + timer.every;
    insert(timer);
  } else {
    mapDelete(timers, timer.id);
    live--;
  }
  tellHost();
  apply(timer.callback, undefined, timer.args);
  return true;
}

const globals = {
  console,
  setTimeout(callback, delay, ...args) { return addTimer(callback, delay, args, false); },
  setInterval(callback, delay, ...args) { return addTimer(callback, delay, args, true); },
  clearTimeout(id) { clearTimer(id); },
  clearInterval(id) { clearTimer(id); },
};

// ---- tools

function distance(a, b) {
  let row = create(null);
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const next = create(null);
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1] + (charCodeAt(a, i - 1) === charCodeAt(b, j - 1) ? 0 : 1);
      const drop = row[j] + 1, add = next[j - 1] + 1;
      next[j] = swap < drop ? (swap < add ? swap : add) : drop < add ? drop : add;
    }
    row = next;
  }
  return row[b.length];
}

let toolList = null; // {name, next}, the last one first

function unknownTool(name) {
  if (name.length > 100) name = slice(name, 0, 100);
  let best = null, least = 4, toolNames = '';
  for (let t = toolList; t !== null; t = t.next) {
    toolNames = t.name + (toolNames === '' ? '' : ', ') + toolNames;
    const d = t.name.length > 100 ? 100 : distance(name, t.name);
    if (d < least && d < name.length) { least = d; best = t.name; }
  }
  const message = 'Unknown tool: ' + name + '.' + (best === null ? '' : ' Did you mean ' + best + '?') +
    (toolNames === '' ? ' This cell has no tools.' : ' Available tools: ' + toolNames);
  const e = makeError('Error', message, 'unknown_tool', undefined);
  return () => PromiseReject(e);
}

// Own properties answer for the tools there are; only names that are unknown reach the proxy behind them.
const nobody = new Proxy(freeze(create(null)), freeze({
  __proto__: null,
  get(target, key) {
    return typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === 'constructor' ? undefined : unknownTool(key);
  },
  has() { return false; },
  set() { return false; },
  defineProperty() { return false; },
  getPrototypeOf() { return null; },
}));
const tools = create(nobody);

// JSON.stringify for a guest that has put a toJSON on everything: the same text, less that.
function plainText(v, depth) {
  if (v === null || typeof v !== 'object') return stringify(v);
  if (depth > VALUE_DEPTH) host(LIMITED, ARGUMENT_TOO_LARGE);
  const toJSON = v.toJSON;
  if (typeof toJSON === 'function' && toJSON !== peek(ObjectProto, 'toJSON') && toJSON !== peek(ArrayProto, 'toJSON'))
    return plainText(apply(toJSON, v, ['']), depth + 1);
  let out = '';
  if (isArray(v)) {
    for (let i = 0; i < v.length; i++) out += (i === 0 ? '' : ',') + (plainText(v[i], depth + 1) ?? 'null');
    return '[' + out + ']';
  }
  const keys = ownKeys(v);
  for (let i = 0; i < keys.length; i++) {
    const d = typeof keys[i] === 'string' ? getOwnPropertyDescriptor(v, keys[i]) : undefined;
    const item = d !== undefined && d.enumerable ? plainText(v[keys[i]], depth + 1) : undefined;
    if (item !== undefined) out += (out === '' ? '' : ',') + stringify(keys[i]) + ':' + item;
  }
  return '{' + out + '}';
}

// An argument whose text would not fit into memory is too large, whatever the engine calls it.
function argumentText(argument) {
  if (argument === undefined) return undefined;
  try {
    return ObjectProto.toJSON === undefined && ArrayProto.toJSON === undefined ? stringify(argument) : plainText(argument, 0);
  } catch (e) {
    const message = isError(e) ? peek(e, 'message', '') : '';
    if (e === null || message === 'out of memory' || message === 'string too long' || message === 'invalid string length')
      host(LIMITED, ARGUMENT_TOO_LARGE);
    throw e;
  }
}

const makeTool = (index, name) => ({__proto__: null, [name]: (argument) => {
  try {
    return host(CALL, index, argumentText(argument), new NativeError());
  } catch (e) {
    return PromiseReject(e);
  }
}})[name];
const makeSyncTool = (index, name) => ({__proto__: null, [name]: (argument) => host(CALL, index, argumentText(argument))})[name];

const toolProperty = {__proto__: null, value: undefined, writable: false, enumerable: true, configurable: false};
function addTool(index, name, sync) {
  toolProperty.value = sync ? makeSyncTool(index, name) : makeTool(index, name);
  defineProperty(tools, name, toolProperty);
  toolList = {__proto__: null, name, next: toolList};
}

// ---- the world

const names = ownKeys(globals);
for (let i = 0; i < names.length; i++) put(globalThis, names[i], globals[names[i]]);
put(globalThis, 'tools', tools);
// Shared memory and waiting on it have no use in a cell of one thread.
deleteProperty(globalThis, 'SharedArrayBuffer');
deleteProperty(globalThis, 'Atomics');

return [giveValue, giveError, makeError, fireTimer, addTool, inspect];
})
