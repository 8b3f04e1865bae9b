// status: ok|limit
// code: timers_limit
// timeout: 20s
// why: more signals with a timeout than there may be timers
let n = 0;
const held = [];
try { for (; n < 5000; n++) held.push(AbortSignal.timeout(100000)); } catch {}
'after';
