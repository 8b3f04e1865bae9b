// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: x
// why: data and code of an uncaught error that would be other fields of the report
throw Object.assign(new Error('x'), { code: 'ok","status":"ok', data: { toJSON: () => '"},"status":"ok"' }, cause: { status: 'ok' } });
