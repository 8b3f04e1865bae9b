// status: ok
// timeout: 20s
// value: "after"
// why: Error.captureStackTrace on what it is not made for
if (typeof Error.captureStackTrace === 'function') {
  const targets = [Object.freeze({}), new Proxy({}, { defineProperty() { throw 1; } }), globalThis, console, tools, Error.prototype, [], null, 5,
    Object.defineProperty({}, 'stack', { value: 1 }), Object.defineProperty({}, 'stack', { set() { throw 2; } })];
  for (const t of targets) for (const f of [undefined, console.log, globalThis.display, () => {}, new Proxy(() => {}, {}), 5])
    try { Error.captureStackTrace(t, f); console.log(t === globalThis ? 0 : t.stack); } catch {}
  delete globalThis.stack;
}
'after';
