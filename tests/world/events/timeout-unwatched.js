// nobody listens, somebody looks
const signal = AbortSignal.timeout(5);
setTimeout(() => { console.log(signal.aborted, signal.reason.name); }, 30);
void 0;
