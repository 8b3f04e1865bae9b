const e = new DOMException('m', 'AbortError');
console.log(e.name, e.message, e.code, e instanceof Error, e instanceof DOMException, String(e), Object.prototype.toString.call(e));
const f = new DOMException();
console.log(f.name, JSON.stringify(f.message), f.code, String(f));
console.log(new DOMException('only').name, new DOMException(undefined, undefined).message === '', new DOMException('x', 'Own').code);
console.log(typeof e.stack, Object.keys(e).length, DOMException.length, Object.getPrototypeOf(DOMException.prototype) === Error.prototype);
try { DOMException('x'); } catch (x) { console.log(x.name); }
try { Object.getOwnPropertyDescriptor(DOMException.prototype, 'code').get.call({}); } catch (x) { console.log(x.name); }
