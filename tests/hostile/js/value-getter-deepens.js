// status: limit
// code: stack_limit
// timeout: 3s
// why: a getter that answers a new object of its kind has no bottom
const mk = () => ({ get a() { return mk(); } });
mk();
