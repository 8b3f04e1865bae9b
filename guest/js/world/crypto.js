// ---- crypto: getRandomValues, randomUUID, subtle.digest
//
// The side module draws from the host for every call and keeps no state of its own. Its keys and ciphers are not let
// out: what is not reachable need not be trusted.

const nativeCrypto = globalThis.crypto, nativeSubtle = nativeCrypto.subtle;
const toUpperCase = uncurry(String.prototype.toUpperCase);
for (const name of ['crypto', 'Crypto', 'SubtleCrypto', 'CryptoKey']) deleteProperty(globalThis, name);

const RANDOM_QUOTA = 65536;
const hashes = {__proto__: null, 'SHA-1': true, 'SHA-256': true, 'SHA-384': true, 'SHA-512': true};
const randomKinds = {__proto__: null, Int8Array: true, Uint8Array: true, Uint8ClampedArray: true, Int16Array: true,
  Uint16Array: true, Int32Array: true, Uint32Array: true, BigInt64Array: true, BigUint64Array: true};

class Crypto {
  constructor() { throw illegalConstructor(); }
  getRandomValues(array) {
    if (this !== cryptoObject) throw illegalThis('a Crypto');
    needArguments(arguments.length, 1);
    const kind = isObject(array) ? typedTag(array) : undefined;
    if (kind === undefined && (!isObject(array) || classOf(array) !== VIEW))
      throw new NativeTypeError('The argument of getRandomValues must be a typed array');
    if (kind === undefined || randomKinds[kind] === undefined)
      throw makeDOMException('The argument of getRandomValues must be an array of integers', 'TypeMismatchError');
    const length = typedBytes(array);
    if (length > RANDOM_QUOTA)
      throw makeDOMException('getRandomValues gives at most 65536 bytes at once, not ' + length, 'QuotaExceededError');
    if (length > 0) nativeCrypto.getRandomValues(bytesOfSource(array, 'The argument'));
    return array;
  }
  randomUUID() {
    if (this !== cryptoObject) throw illegalThis('a Crypto');
    return nativeCrypto.randomUUID();
  }
  get subtle() {
    if (this !== cryptoObject) throw illegalThis('a Crypto');
    return subtleObject;
  }
}
makeInterface(Crypto, 'Crypto');
const cryptoObject = create(Crypto.prototype);

// The name of a hash: of a string, or of an object that has a name.
function hashName(algorithm) {
  const named = isObject(algorithm) ? algorithm.name : algorithm;
  if (named === undefined && isObject(algorithm)) throw new NativeTypeError('The algorithm has no name');
  const given = domString(named);
  const name = given.length <= 7 ? toUpperCase(given) : '';
  if (hashes[name] === undefined) throw makeDOMException('Unrecognized algorithm name', 'NotSupportedError');
  return name;
}

// The side module asks the global object for Promise, and that for resolve and reject: where the guest has replaced one of
// them, it gets a Promise of its own.
const {resolve: nativeResolve, reject: nativeReject} = Promise;
const resolveWith = Promise.resolve.bind(Promise);
const forSideModule = {__proto__: null, resolve: (v) => resolveWith(v), reject: (e) => PromiseReject(e)};
function isPromiseAsEver() {
  try {
    const {Promise} = world;
    return Promise === NativePromise && Promise.resolve === nativeResolve && Promise.reject === nativeReject;
  } catch {
    return false; // it is an accessor now
  }
}

function digestOf(name, bytes) {
  if (isPromiseAsEver()) return nativeSubtle.digest(name, bytes);
  const before = getOwnPropertyDescriptor(world, 'Promise');
  if (before !== undefined && !before.configurable) return nativeSubtle.digest(name, bytes); // the guest has frozen it
  defineProperty(world, 'Promise', {__proto__: null, value: forSideModule, configurable: true});
  try {
    return nativeSubtle.digest(name, bytes);
  } finally {
    if (before === undefined) deleteProperty(world, 'Promise');
    else defineProperty(world, 'Promise', setPrototypeOf(before, null));
  }
}

class SubtleCrypto {
  constructor() { throw illegalConstructor(); }
  digest(algorithm, data) {
    try {
      if (this !== subtleObject) throw illegalThis('a SubtleCrypto');
      needArguments(arguments.length, 2);
      const name = hashName(algorithm);
      return digestOf(name, bytesOfSource(data, 'The data'));
    } catch (e) {
      return PromiseReject(e);
    }
  }
}
makeInterface(SubtleCrypto, 'SubtleCrypto');
const subtleObject = create(SubtleCrypto.prototype);

globals.crypto = cryptoObject;
globals.Crypto = Crypto;
globals.SubtleCrypto = SubtleCrypto;
