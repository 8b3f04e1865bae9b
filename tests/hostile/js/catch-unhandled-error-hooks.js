// status: timeout
// code: wall_time_limit
// why: hooks that a host may know must not be called after the kill
globalThis.onerror = globalThis.onunhandledrejection = globalThis.uncaughtException = () => { for (;;); };
Object.defineProperty(Error.prototype, 'name', { get() { for (;;); } });
Object.defineProperty(Error.prototype, 'message', { get() { for (;;); } });
for (;;);
