// status: ok
// timeout: 20s
// value: 3
// why: in the rewritten form, too, the value is what the script returned
if (true) return [1, 2].reduce((x, y) => x + y);
throw new Error('not reached');
