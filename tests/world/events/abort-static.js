const a = AbortSignal.abort(), b = AbortSignal.abort('why'), c = AbortSignal.abort(undefined);
console.log(a.aborted, a.reason.name, b.aborted, b.reason, c.reason.name, a instanceof AbortSignal, a instanceof EventTarget);
a.onabort = () => console.log('never');
a.addEventListener('abort', () => console.log('never'));
try { b.throwIfAborted(); } catch (e) { console.log(e); }
