// status: error
// timeout: 20s
// code: syntax_error
// why: new.target outside of a function
new.target;
