// ours: the guest replaces methods of symbols, and the global, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Symbol.prototype);
Reflect.defineProperty(Symbol.prototype, Symbol.toPrimitive, {value() { throw 'toPrimitive'; }});
replace(Symbol);
globalThis.Symbol = {iterator: 'forged', toStringTag: 'forged', asyncIterator: 'forged'};
await run();
value;
