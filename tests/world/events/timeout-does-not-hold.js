// the run ends without waiting for it
AbortSignal.timeout(5000).onabort = () => console.log('never');
setTimeout(() => console.log('end'), 5);
void 0;
