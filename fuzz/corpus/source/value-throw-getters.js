// status: error
// timeout: 20s
// code: uncaught_error
// why: an error whose name, message, stack, cause and code are getters that throw
const e = new Error('x');
for (const k of ['name', 'message', 'stack', 'cause', 'code', 'lineNumber', 'columnNumber', 'toString', 'constructor'])
  Object.defineProperty(e, k, { get() { throw new Error('getter ' + k); } });
throw e;
