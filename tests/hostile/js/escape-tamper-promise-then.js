// status: ok
// timeout: 20s
// value: {"x":1}
// tools: echo
// why: Promise.prototype.then of the guest must not be what the bootstrap calls
const real = Promise.prototype.then;
let stolen = 0;
Promise.prototype.then = function (a, b) { stolen++; return real.call(this, a, b); };
Promise.prototype.catch = Promise.prototype.finally = () => { throw 1; };
const v = await tools.echo({ x: 1 });
v;
