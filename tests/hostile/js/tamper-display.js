// status: ok
// timeout: 20s
// value: "mine"
// why: display and progress are replaced, deleted, given other this values, and called as constructors
const { display: show, progress: tell } = globalThis;
for (const f of [show, tell]) { try { new f(1); } catch {} try { f.call(null, 1); f.apply(new Proxy({}, {}), [1]); Reflect.apply(f, undefined, []); } catch {} }
try { Object.defineProperty(show, 'name', { value: 'x' }); show.prototype = null; delete show.length; Object.freeze(show); } catch {}
delete globalThis.display; delete globalThis.progress;
globalThis.display = () => 'mine';
show('still there');
display();
