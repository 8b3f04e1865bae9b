const signal = AbortSignal.timeout(10);
console.log(signal.aborted, signal.reason);
signal.addEventListener('abort', (e) => console.log(e.type, e.isTrusted, signal.reason.name, signal.reason.code, signal.reason.message, signal.reason instanceof DOMException));
setTimeout(() => console.log(signal.aborted), 50);
void 0;
