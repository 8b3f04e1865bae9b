// status: error
// timeout: 20s
// code: uncaught_error
// error: RangeError: honest
// why: toString of errors is endless, the report takes name and message
Error.prototype.toString = () => { for (;;); };
throw new RangeError('honest');
