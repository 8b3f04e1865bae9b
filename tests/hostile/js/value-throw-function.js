// status: error
// timeout: 20s
// code: uncaught_error
// why: a function is thrown whose name and text are hostile
const f = () => 1;
Object.defineProperty(f, 'name', { get() { throw 1; } });
f.toString = () => { throw 2; };
throw f;
