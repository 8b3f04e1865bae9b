// ours: the guest replaces getters with the names of options on Object.prototype, and harms only itself
const {run, value} = await import('scenario');
for (const key of ['depth', 'colors', 'showHidden', 'customInspect', 'breakLength', 'maxArrayLength', 'capture', 'once', 'passive',
  'signal', 'bubbles', 'cancelable', 'composed', 'detail', 'endings', 'fatal', 'ignoreBOM', 'stream', 'transfer',
  'code', 'data', 'cause'])
  Reflect.defineProperty(Object.prototype, key, {
    __proto__: null, get() { throw key; }, set() { throw key; }, configurable: true});
await run();
value;
