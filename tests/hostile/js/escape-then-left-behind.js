// status: error
// timeout: 20s
// code: deadlock
// why: a then on Object.prototype that never calls back hijacks the completion of the script itself
Object.prototype.then = function () {};
await 5;
