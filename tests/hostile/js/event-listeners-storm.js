// status: ok|timeout
// code: wall_time_limit
// timeout: 1s
// why: a hundred thousand listeners for one event, each compared with all before it
const t = new EventTarget();
let told = 0;
for (let i = 0; i < 100000; i++) t.addEventListener('a', () => { told++; });
t.dispatchEvent(new Event('a'));
told;
