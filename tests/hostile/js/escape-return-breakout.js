// status: error
// timeout: 20s
// code: syntax_error
// why: with a top-level return, text that closes the wrapping async function
return 1; } globalThis.escaped = true; async function f() {
