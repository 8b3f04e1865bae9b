// ours: the guest replaces then as one that calls back twice, at once and with something else, and harms only itself
const {run, value} = await import('scenario');
Promise.prototype.then = function (a, b) { a('forged'); b?.('forged'); return {then: 1}; };
Promise.prototype.catch = Promise.prototype.finally = () => 'forged';
await run();
value;
