// status: ok
// timeout: 20s
// why: no value at all
undefined;
