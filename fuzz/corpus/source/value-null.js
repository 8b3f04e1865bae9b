// status: ok
// timeout: 20s
// value: null
// why: null is a value
null;
