// status: error
// timeout: 20s
// code: uncaught_error
// error: ReferenceError: require is not defined
// why: a host's module loader
require('child_process').execSync('id');
