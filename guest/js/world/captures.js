// What lives under the dome beside the engine: the console, timers, tools, web interfaces, and the crossing of values and
// errors. The files of this folder are one function, cut into parts; CMakeLists.txt has their order, this one is the first.
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
const engineNow = performance.now; // milliseconds since the cell's first run began, by the host's monotonic clock
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
// `flags` itself asks the properties of the object for each of them; these read what the engine knows.
const flagOf = (name) => uncurry(getOwnPropertyDescriptor(RegExp.prototype, name).get);
const hasD = flagOf('hasIndices'), hasG = flagOf('global'), hasI = flagOf('ignoreCase'), hasM = flagOf('multiline');
const hasS = flagOf('dotAll'), hasU = flagOf('unicode'), hasV = flagOf('unicodeSets'), hasY = flagOf('sticky');
const regexpFlags = (v) => (hasD(v) ? 'd' : '') + (hasG(v) ? 'g' : '') + (hasI(v) ? 'i' : '') + (hasM(v) ? 'm' : '') +
  (hasS(v) ? 's' : '') + (hasU(v) ? 'u' : '') + (hasV(v) ? 'v' : '') + (hasY(v) ? 'y' : '');
// The stack of an error that this file has made: `stack` is an accessor on Error.prototype, which a guest may replace.
const stackDescriptor = getOwnPropertyDescriptor(Error.prototype, 'stack');
const ownStack = stackDescriptor === undefined ? (e) => getOwnPropertyDescriptor(e, 'stack').value : uncurry(stackDescriptor.get);
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

const world = globalThis; // that name, too, is the guest's to delete
const globals = {__proto__: null}; // what becomes global in the end (world.js)

const put = (object, key, value) => defineProperty(object, key, {
  __proto__: null, value, writable: true, enumerable: false, configurable: true});
