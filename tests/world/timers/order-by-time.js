const log = [];
for (const ms of [60, 20, 40, 0]) setTimeout((x) => log.push(x), ms, ms);
setTimeout(() => console.log(log.join(' ')), 100);
void 0;
