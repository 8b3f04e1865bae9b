const log = [];
for (const ms of [30, 10, 20, 0]) AbortSignal.timeout(ms).onabort = () => log.push(ms);
setTimeout(() => console.log(log.join()), 60);
void 0;
