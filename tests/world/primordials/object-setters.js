// ours: the guest replaces setters with everyday names on Object.prototype, and harms only itself
const {run, value} = await import('scenario');
for (const key of ['a', 'n', 'x', 'y', 'name', 'next', 'prev', 'done', 'head', 'item', 'key', 'list', 'state', 'id', 'due', 'args',
  'open', 'room', 'first', 'last', 'count', 'indent', 'text', 'aborted', 'reason', 'link', 'listeners'])
  Reflect.defineProperty(Object.prototype, key, {
    __proto__: null, get() { return undefined; }, set() { throw key; }, configurable: true});
await run();
value;
