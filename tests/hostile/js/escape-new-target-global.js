// status: error
// code: syntax_error
// why: new.target outside of a function
new.target;
