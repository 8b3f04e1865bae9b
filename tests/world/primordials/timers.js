// ours: the guest replaces timers, queueMicrotask and structuredClone, and harms only itself
const {run, value, replace} = await import('scenario');
replace(globalThis, ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'structuredClone', 'atob',
  'btoa']);
await run();
value;
