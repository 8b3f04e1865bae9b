// status: ok
// value: ["InternalError",true]
// timeout: 20s
// why: the stack of the regex machine outgrows memory, and the run goes on
let r;
try { new RegExp('^(?:' + '(a)|'.repeat(200) + 'b)*c').test('a'.repeat(1e6)); } catch (e) { r = [e.name, e.message.includes('out of memory')]; }
r;
