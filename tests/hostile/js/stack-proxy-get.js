// status: limit
// timeout: 20s
// code: stack_limit
// why: a get trap that reads from its own receiver
new Proxy({}, { get(t, k, self) { return self[k]; } }).x;
