// ours: the guest replaces the methods of Object.prototype, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Object.prototype, ['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toString', 'toLocaleString', 'valueOf',
  '__lookupGetter__', '__defineGetter__']);
await run();
value;
