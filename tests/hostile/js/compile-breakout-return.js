// status: error
// code: syntax_error
// timeout: 20s
// why: a script that would close the function that a top-level return is put into
return 1; }) (); globalThis.out = 1; (async function () {
