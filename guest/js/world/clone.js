// ---- structuredClone, as the HTML standard has it
//
// One pass over lists of what is still to be done, no recursion: depth costs memory only. A clone is made and noted in
// `memo` when its original is first met; what it holds is replaced later. Properties are copied by a side module of
// ours (guest/js/copy.wat). Transferred buffers are copied and then detached, which nobody can tell from a move.

const copyProperties = globalThis.copyProperties;
deleteProperty(globalThis, 'copyProperties');
const hasOwn = Object.hasOwn;
const NativeObject = Object, NativeBuffer = ArrayBuffer, NativeView = DataView;
const NativeDate = Date, NativeRegExp = RegExp;
const bufferMax = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'maxByteLength').get);
const bufferTransfer = uncurry(ArrayBuffer.prototype.transfer);
const bigintOf = uncurry(BigInt.prototype.valueOf);
const typedSet = uncurry(typedProto.set), typedAt = uncurry(typedProto.at);
const bufferResize = uncurry(ArrayBuffer.prototype.resize);
const BIGINT_OBJECT = classOf(Object(0n));
const DOM_EXCEPTION = classOf(new NativeDOMException('', ''));

// A Map whose methods are found without asking Map.prototype.
const privateMap = create(null);
for (const name of ['get', 'set', 'has', 'clear']) put(privateMap, name, Map.prototype[name]);
const newMemo = () => setPrototypeOf(new NativeMap(), privateMap);

const cannotClone = (what) => makeDOMException(what + ' could not be cloned.', 'DataCloneError');

const typedArrays = {__proto__: null};
for (const Class of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  BigInt64Array, BigUint64Array, Float16Array, Float32Array, Float64Array])
  typedArrays[Class.name] = Class;
const errorClasses = {__proto__: null};
for (const Class of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError])
  errorClasses[Class.name] = Class;

// Objects of these interfaces are no plain data, although the engine takes them for such.
const platformPrototypes = new NativeSet();
for (const name of ownKeys(globals))
  if (typeof globals[name] === 'function' && isObject(globals[name].prototype))
    setAdd(platformPrototypes, globals[name].prototype);

function isPlatformObject(v) {
  for (let p = getPrototypeOf(v), n = 0; p !== null && n < 100; p = getPrototypeOf(p), n++) {
    if (setHas(platformPrototypes, p)) return true;
    if (classOf(p) === PROXY) return false;
  }
  return false;
}

// The state of the call that runs; a getter that calls structuredClone again has its own meanwhile. `found` has `count`
// entries, in threes: a copy, a name, and the value there that is to be replaced. `todo` lists what else is to be
// filled.
let memo, found, count, todo, moves;
const spareMemo = newMemo(), spareFound = newList();
const FILL_MAP = 0, FILL_SET = 1, FILL_CAUSE = 2;
const later = (fill, from, out) => { todo = {__proto__: null, fill, from, out, next: todo}; };

// The clone of an object, not filled yet.
function cloneObject(v) {
  let out = memo.get(v);
  if (out !== undefined) return out;
  out = copyProperties(v, found, count);
  if (typeof out === 'number') {
    out = cloneSpecial(v, out);
  } else {
    const proto = getPrototypeOf(v);
    if (proto !== ObjectProto && proto !== ArrayProto && isPlatformObject(v)) throw cannotClone(nameOfKind(v));
    while (found[count] !== undefined) count += 3;
  }
  memo.set(v, out);
  return out;
}

const nameOfKind = (v) => typeof v === 'function' ? 'A function' : '#<' + (className(v) || 'Object') + '>';

function cloneSpecial(v, kind) {
  switch (kind) {
    case MAP: {
      const out = new NativeMap();
      later(FILL_MAP, v, out);
      return out;
    }
    case SET: {
      const out = new NativeSet();
      later(FILL_SET, v, out);
      return out;
    }
    case DATE: return new NativeDate(dateValue(v));
    case REGEXP: return new NativeRegExp(regexpSource(v), regexpFlags(v));
    case BUFFER: return cloneBuffer(v);
    case VIEW: return cloneView(v);
    case ERRORS: return cloneError(v);
    case NUMBER: return NativeObject(numberValue(v));
    case STRING: return NativeObject(stringValue(v));
    case BOOLEAN: return NativeObject(booleanValue(v));
    case BIGINT_OBJECT: return NativeObject(bigintOf(v));
    case DOM_EXCEPTION: {
      const message = text(peek(v, 'message', ''), ''), name = text(peek(v, 'name', ''), '');
      return withStack(new NativeDOMException(message, name), v);
    }
    default:
      if (isTyped(v)) return cloneTyped(v);
      throw cannotClone(nameOfKind(kind === PROXY ? {} : v));
  }
}

// ---- bytes

function newBufferLike(v) {
  const options = bufferResizable(v) ? {__proto__: null, maxByteLength: bufferMax(v)} : undefined;
  return new NativeBuffer(bufferBytes(v), options);
}

function cloneBuffer(v) {
  const moved = moves.get(v);
  if (moved !== undefined) return moved;
  if (bufferDetached(v)) throw cannotClone('An ArrayBuffer that is detached');
  const out = newBufferLike(v);
  copyBuffer(v, out);
  return out;
}

function copyBuffer(from, to) {
  typedSet(new NativeUint8(to), new NativeUint8(from));
}

// Whether a view grows with its buffer, which only growing it shows.
function followsBuffer(v, buffer, bytesOf, end) {
  const bytes = bufferBytes(buffer), most = bufferMax(buffer);
  if (!bufferResizable(buffer) || bytes - end >= 8) return false;
  if (most < bytes + 8) return end === bytes;
  const before = bytesOf(v);
  bufferResize(buffer, bytes + 8);
  const follows = bytesOf(v) !== before;
  bufferResize(buffer, bytes);
  return follows;
}

function cloneTyped(v) {
  const name = typedTag(v), buffer = typedBuffer(v);
  if (bufferDetached(buffer)) throw cannotClone('A view of an ArrayBuffer that is detached');
  try { typedAt(v, 0); } catch { throw cannotClone('A view beyond the end of its ArrayBuffer'); }
  const offset = typedOffset(v), length = typedLength(v);
  const to = cloneObject(buffer), Class = typedArrays[name];
  const follows = followsBuffer(v, buffer, typedBytes, offset + typedBytes(v));
  return follows ? new Class(to, offset) : new Class(to, offset, length);
}

function cloneView(v) {
  const buffer = viewBuffer(v);
  if (bufferDetached(buffer)) throw cannotClone('A view of an ArrayBuffer that is detached');
  let offset, bytes;
  try {
    offset = viewOffset(v);
    bytes = viewBytes(v);
  } catch {
    throw cannotClone('A view beyond the end of its ArrayBuffer');
  }
  const to = cloneObject(buffer);
  const follows = followsBuffer(v, buffer, viewBytes, offset + bytes);
  return follows ? new NativeView(to, offset) : new NativeView(to, offset, bytes);
}

// ---- errors

function withStack(out, v) {
  const stack = peek(v, 'stack', undefined);
  if (typeof stack === 'string') put(out, 'stack', stack);
  return out;
}

function cloneError(v) {
  const name = v.name, Class = errorClasses[name === undefined ? 'Error' : domString(name)] || NativeError;
  const message = getOwnPropertyDescriptor(v, 'message'), cause = getOwnPropertyDescriptor(v, 'cause');
  const out = message !== undefined && hasOwn(message, 'value') ? new Class(domString(message.value)) : new Class();
  if (cause !== undefined && hasOwn(cause, 'value')) later(FILL_CAUSE, cause.value, out);
  return withStack(out, v);
}

// ---- filling

function cloneValue(v) {
  switch (typeof v) {
    case 'object': return v === null ? null : cloneObject(v);
    case 'function': throw cannotClone(nameOfKind(v));
    case 'symbol': throw cannotClone(symbolText(v));
    default: return v;
  }
}

function fillCollection(from, out, isMap) {
  const items = newList();
  if (isMap) mapEach(from, (value, key) => { items[items.length] = key; items[items.length] = value; });
  else setEach(from, (value) => { items[items.length] = value; });
  for (let i = 0; i < items.length; i++) {
    const item = cloneValue(items[i]);
    if (isMap) mapSet(out, item, cloneValue(items[++i]));
    else setAdd(out, item);
  }
}

function fillAll() {
  for (;;) {
    while (count > 0) {
      count -= 3;
      const copy = found[count], v = found[count + 2];
      copy[found[count + 1]] = typeof v === 'object' ? cloneObject(v) : cloneValue(v);
    }
    if (todo === null) return;
    const {fill, from, out, next} = todo;
    todo = next;
    if (fill === FILL_CAUSE) put(out, 'cause', cloneValue(from));
    else fillCollection(from, out, fill === FILL_MAP);
  }
}

// ---- the function

// The buffers that are to move, in order; `moves` finds one by its original.
function readTransfer(options) {
  const transfer = options === undefined ? undefined : options.transfer, list = newList();
  if (transfer === undefined) return list;
  if (!isObject(transfer)) throw new NativeTypeError('The option "transfer" must be a sequence of objects');
  forEachItem(transfer, transfer[iteratorKey], (v) => {
    if (!isObject(v)) throw new NativeTypeError('The option "transfer" must be a sequence of objects');
    list[list.length] = v;
  });
  return list;
}

function planMoves(list) {
  for (let i = 0; i < list.length; i++) {
    const from = list[i];
    if (typeof from === 'function' || classOf(from) !== BUFFER) throw cannotClone('A value that cannot be transferred');
    if (bufferDetached(from)) throw cannotClone('An ArrayBuffer that is detached');
    if (moves.has(from)) throw cannotClone('An ArrayBuffer that is listed twice');
    moves.set(from, newBufferLike(from));
  }
}

function move(from) {
  if (bufferDetached(from)) throw cannotClone('An ArrayBuffer that is detached');
  copyBuffer(from, moves.get(from));
  bufferTransfer(from, 0);
}

globals.structuredClone = {__proto__: null, structuredClone(value, options = undefined) {
  needArguments(arguments.length, 1);
  const list = readTransfer(dictionary(options, 'options'));
  const itsMemo = memo, itsFound = found, itsCount = count, itsTodo = todo, itsMoves = moves;
  const isOuter = memo === undefined;
  memo = isOuter ? spareMemo : newMemo();
  found = isOuter ? spareFound : newList();
  moves = list.length === 0 ? memo : newMemo();
  count = 0;
  todo = null;
  try {
    planMoves(list);
    const out = cloneValue(value);
    fillAll();
    for (let i = 0; i < list.length; i++) move(list[i]);
    return out;
  } finally {
    if (isOuter) {
      memo.clear();
      if (found.length > 0) found.length = 0;
    }
    memo = itsMemo;
    found = itsFound;
    count = itsCount;
    todo = itsTodo;
    moves = itsMoves;
  }
}}.structuredClone;
