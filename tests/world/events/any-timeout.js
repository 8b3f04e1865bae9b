const controller = new AbortController();
const any = AbortSignal.any([controller.signal, AbortSignal.timeout(5)]);
any.addEventListener('abort', () => console.log(any.reason.name));
setTimeout(() => console.log(any.aborted), 40);
void 0;
