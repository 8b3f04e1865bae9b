// ours: the guest replaces methods and getters of typed arrays, buffers and views, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Reflect.getPrototypeOf(Uint8Array.prototype));
replace(Reflect.getPrototypeOf(Uint8Array));
replace(Uint8Array.prototype);
replace(Uint8Array);
replace(ArrayBuffer.prototype);
replace(ArrayBuffer);
replace(DataView.prototype);
await run();
value;
