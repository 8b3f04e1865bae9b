console.log(typeof globalThis, Object.prototype.toString.call(globalThis));
console.log(Object.prototype, Array.prototype, Map.prototype, Error.prototype, Date.prototype, RegExp.prototype, Promise.prototype);
console.log(Number.prototype, String.prototype, Boolean.prototype, Symbol.prototype, Function.prototype, Uint8Array.prototype);
console.log([Object, Symbol.prototype], Object.getPrototypeOf(Uint8Array));
console.log(Object.getPrototypeOf(function* () {}), Object.getPrototypeOf(function* () {}.prototype));
