// status: ok|limit
// code: stack_limit
// timeout: 20s
// why: Error.prepareStackTrace makes errors and reads their stacks, without an end
let n = 0;
Error.prepareStackTrace = (e, frames) => { n++; return new Error('inner').stack; };
try { new Error('outer').stack; } catch {}
try { JSON.parse('{'); } catch (e) { try { e.stack; } catch {} }
'after';
