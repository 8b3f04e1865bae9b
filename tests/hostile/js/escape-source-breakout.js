// status: error
// code: syntax_error
// why: text that closes a wrapping function and opens another
}); globalThis.escaped = true; (async () => {
