// status: error
// timeout: 20s
// code: uncaught_error
// why: converting the thrown object throws another such object, and so on
const mk = () => ({ toString() { throw mk(); }, get message() { throw mk(); }, get name() { throw mk(); } });
throw mk();
