// status: ok
// timeout: 20s
// value: true
// why: the prototype getter of new.target detaches the buffer that is being viewed
const b = new ArrayBuffer(256);
const target = new Proxy(Uint8Array, { get(t, k) { if (k === 'prototype') b.transfer(); return t[k]; } });
let r = true;
try { r = Reflect.construct(Uint8Array, [b, 8, 16], target).length === 0; } catch (e) { r = e instanceof TypeError; }
r;
