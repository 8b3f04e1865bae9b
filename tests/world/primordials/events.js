// ours: the guest replaces Event, EventTarget and AbortSignal, and harms only itself
const {run, value, replace} = await import('scenario');
for (const C of [Event, CustomEvent, EventTarget, AbortController, AbortSignal, DOMException]) {
  replace(C.prototype);
  replace(C);
}
Object.setPrototypeOf(AbortSignal, null);
Object.setPrototypeOf(AbortSignal.prototype, null);
await run();
value;
