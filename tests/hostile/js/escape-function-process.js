// status: error
// timeout: 20s
// code: uncaught_error
// error: ReferenceError: process is not defined
// why: a host's process object
this.constructor.constructor('return process')().exit(1);
