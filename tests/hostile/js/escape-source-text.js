// status: ok
// timeout: 20s
// value: true
// tools: echo
// why: the sources of the bootstrap are not to be read through toString
const show = (f) => { try { return Function.prototype.toString.call(f); } catch { return ''; } };
[console.log, setTimeout, setInterval, queueMicrotask, tools.echo].every((f) => !/hostCall|host_call|__host|bootstrap|\.c:|\/[a-z]+\/[a-z]/.test(show(f)));
