// ---- structuredClone, as the HTML standard has it
//
// Plain objects and arrays are copied by a side module of ours (guest/js/copy.wat), which also knows which copy belongs
// to which original and calls `copySpecial` for all else. No recursion on the way: depth costs memory only. Transferred
// buffers are copied and then detached, which nobody can tell from a move.

const {copyStart, copyTree, copyEnd} = globalThis;
for (const name of ['copyStart', 'copyTree', 'copyEnd']) deleteProperty(globalThis, name);
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

// The state of the call that runs; a getter that calls structuredClone again has its own meanwhile. `todo` lists the
// collections and errors that are still to be filled, `moves` has the buffers that move and what they become.
let state = 0, todo = null, moves = null;
const FILL_MAP = 0, FILL_SET = 1, FILL_CAUSE = 2;
const later = (fill, from, out) => { todo = {__proto__: null, fill, from, out, next: todo}; };
const copyOf = (v) => copyTree(state, v, copySpecial);

const nameOfKind = (v) => typeof v === 'function' ? 'A function' : '#<' + (className(v) || 'Object') + '>';

const NOT_USUAL = -1, A_SYMBOL = -2;
function copySpecial(v, kind) {
  switch (kind) {
    case NOT_USUAL:
      if (isPlatformObject(v)) throw cannotClone(nameOfKind(v));
      return undefined;
    case A_SYMBOL: throw cannotClone(symbolText(v));
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
  const moved = moves === null ? undefined : mapGet(moves, v);
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
  const to = copyOf(buffer), Class = typedArrays[name];
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
  const to = copyOf(buffer);
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

function fillCollection(from, out, isMap) {
  const items = newList();
  if (isMap) mapEach(from, (value, key) => { items[items.length] = key; items[items.length] = value; });
  else setEach(from, (value) => { items[items.length] = value; });
  for (let i = 0; i < items.length; i++) {
    const item = copyOf(items[i]);
    if (isMap) mapSet(out, item, copyOf(items[++i]));
    else setAdd(out, item);
  }
}

function fillAll() {
  while (todo !== null) {
    const {fill, from, out, next} = todo;
    todo = next;
    if (fill === FILL_CAUSE) put(out, 'cause', copyOf(from));
    else fillCollection(from, out, fill === FILL_MAP);
  }
}

// ---- the function

// The buffers that are to move, in order; null: none.
function readTransfer(options) {
  const transfer = options === undefined ? undefined : options.transfer;
  if (transfer === undefined) return null;
  const list = newList();
  if (!isObject(transfer)) throw new NativeTypeError('The option "transfer" must be a sequence of objects');
  forEachItem(transfer, transfer[iteratorKey], (v) => {
    if (!isObject(v)) throw new NativeTypeError('The option "transfer" must be a sequence of objects');
    list[list.length] = v;
  });
  return list;
}

function planMoves(list) {
  moves = new NativeMap();
  for (let i = 0; i < list.length; i++) {
    const from = list[i];
    if (typeof from === 'function' || classOf(from) !== BUFFER) throw cannotClone('A value that cannot be transferred');
    if (bufferDetached(from)) throw cannotClone('An ArrayBuffer that is detached');
    if (mapHas(moves, from)) throw cannotClone('An ArrayBuffer that is listed twice');
    mapSet(moves, from, newBufferLike(from));
  }
}

function move(from) {
  if (bufferDetached(from)) throw cannotClone('An ArrayBuffer that is detached');
  copyBuffer(from, mapGet(moves, from));
  bufferTransfer(from, 0);
}

function cloneWith(value, list) {
  const itsState = state, itsTodo = todo, itsMoves = moves;
  state = copyStart();
  todo = moves = null;
  try {
    if (list !== null) planMoves(list);
    const out = copyOf(value);
    fillAll();
    if (list !== null) for (let i = 0; i < list.length; i++) move(list[i]);
    return out;
  } finally {
    copyEnd(state);
    state = itsState;
    todo = itsTodo;
    moves = itsMoves;
  }
}

globals.structuredClone = {__proto__: null, structuredClone(value, options = undefined) {
  needArguments(arguments.length, 1);
  return cloneWith(value, options === undefined ? null : readTransfer(dictionary(options, 'options')));
}}.structuredClone;
