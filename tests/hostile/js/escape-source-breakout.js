// status: error
// timeout: 20s
// code: syntax_error
// why: text that closes a wrapping function and opens another
}); globalThis.escaped = true; (async () => {
