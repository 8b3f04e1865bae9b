// status: error
// code: trap|uncaught_error
// copies: 30
// timeout: 10s
// why: bellard/quickjs issue 249 in thirty cells at once: a trap of one costs no other
const make = (0, eval)(`(function () {
  class A { method({ } = eval('this;')) { return this; } }
  class B extends A { method(...e) { return super.method(); } get g() { return super.method(eval('({})')); } }
  const b = new B();
  return [b.method() === b, b.g === b, b.method({}) === b];
})`);
if (Math.random() < 0.5) { await new Promise(f => setTimeout(f, 5)); throw new RangeError('another end'); }
make();
