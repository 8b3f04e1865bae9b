// status: error
// code: deadlock
// timeout: 20s
// why: the result is a thenable that never answers
return { then() {} };
