// status: ok
// timeout: 20s
// value: 5
// why: a then that never calls back must not hold up a value that is no promise
Promise.prototype.then = () => {};
5;
