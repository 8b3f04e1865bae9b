// status: ok|limit
// code: stack_limit
// timeout: 20s
// why: a listener that tells its own target of a new event
const t = new EventTarget();
t.addEventListener('a', () => { t.dispatchEvent(new Event('a')); });
try { t.dispatchEvent(new Event('a')); } catch {}
'after';
