// ours: the guest replaces methods and functions of numbers, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Number.prototype);
replace(Number);
replace(globalThis, ['parseInt', 'parseFloat', 'isNaN', 'isFinite']);
globalThis.Number = function () { throw 'Number'; };
await run();
value;
