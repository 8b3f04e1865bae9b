// status: timeout
// code: wall_time_limit
// why: a disposable stack whose dispose never answers
const s = new DisposableStack();
s.defer(() => { for (;;); });
s[Symbol.dispose]();
