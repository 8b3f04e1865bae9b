// status: error
// timeout: 20s
// code: uncaught_error
// why: name and message are not well-formed, with NUL and control characters
throw Object.assign(new Error('\ud800\0\x1b[31m\udfff'), { name: '\udc00\u202e' });
