// status: ok
// timeout: 20s
// value: "Error: still here"
// why: an evil Error.stackTraceLimit must not break the making of errors
try { Error.stackTraceLimit = { valueOf() { throw 1; } }; } catch {}
try { Error.stackTraceLimit = 1e9; } catch {}
String(new Error('still here'));
