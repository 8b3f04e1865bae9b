for (const reason of ['text', 0, null, false, '', {a: 1}]) {
  const controller = new AbortController();
  controller.abort(reason);
  console.log(controller.signal.aborted, controller.signal.reason);
  try { controller.signal.throwIfAborted(); } catch (e) { console.log(e === reason); }
}
const controller = new AbortController();
controller.abort(undefined);
console.log(controller.signal.reason.name);
try { controller.signal.throwIfAborted(); } catch (e) { console.log(e === controller.signal.reason, e.name, String(e)); }
