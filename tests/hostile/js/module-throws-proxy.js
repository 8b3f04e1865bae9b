// status: error
// code: uncaught_error
// timeout: 20s
// module: t.js=throw new Proxy(() => {}, { get() { throw 1; } });
// why: a module throws a proxy whose traps throw
import 't.js';
