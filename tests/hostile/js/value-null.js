// status: ok
// value: null
// why: null is a value
null;
