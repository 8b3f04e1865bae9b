// status: ok
// timeout: 20s
// value: true
// why: each global function is a function of the guest: its constructor is the guest's Function
Object.getOwnPropertyNames(globalThis).every((n) => {
  const v = globalThis[n];
  return typeof v !== 'function' || Object.getPrototypeOf(v) === null || v.constructor === undefined || v.constructor.constructor === Function;
});
