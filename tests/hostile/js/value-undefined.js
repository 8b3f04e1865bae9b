// status: ok
// why: no value at all
undefined;
