// status: error
// code: trap
// again: 30
// timeout: 5s
// why: bellard/quickjs issue 249 thirty times: each run of the session ends by a trap of the engine
const make = (0, eval)(`(function () {
  class A { method({ } = eval('this;')) { return this; } }
  class B extends A { method(...e) { return super.method(); } get g() { return super.method(eval('({})')); } }
  before.length = 0;
  const b = new B();
  return [b.method() === b, b.g === b, b.method({}) === b];
})`);
make();
