// status: ok
// timeout: 20s
// value: 1
// why: an interval that is still there at the end must not keep the run alive
setInterval(() => {}, 1);
1;
