// status: limit
// code: value_limit
// timeout: 20s
// why: a getter that answers a new object of its kind has no bottom
const mk = () => ({ get a() { return mk(); } });
mk();
