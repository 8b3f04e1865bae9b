// ours: the guest replaces how arrays iterate, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Array.prototype, [Symbol.iterator, 'values', 'keys', 'entries']);
replace(Reflect.getPrototypeOf([][Symbol.iterator] ? new Map().keys() : []));
replace(Reflect.getPrototypeOf(Object.values));
await run();
value;
