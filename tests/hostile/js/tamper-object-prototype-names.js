// status: ok
// timeout: 20s
// tools: echo
// value: "after"
// why: getters that throw stand on Object.prototype under every name that the world may look for
const names = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'then', '$schema', 'next', 'done', 'once', 'signal', 'capture', 'passive', 'depth', 'colors',
  'maxByteLength', 'transfer', 'stream', 'fatal', 'type', 'endings', 'detail', 'bubbles', 'stack', 'cause', 'code', 'data', 'errors', 'key', 'kind', 'id', 'due', 'every', 'open', 'room',
  'child', 'prev', 'callback', 'args', 'undefined', 'null', 'default', 'name', 'message', 'text', 'columns', 'rows', '0', '1'];
const attempt = (f) => { try { f(); } catch {} };
const poison = Object.create(null);
poison.configurable = true;
poison.get = () => { throw new Error('poison'); };
poison.set = () => { throw new Error('poison'); };
for (let i = 0; i < names.length; i++) Object.defineProperty(Object.prototype, names[i], poison);
attempt(() => console.log({ a: 1 }, [1], new Map([[1, 2]]), new Error('x')));
attempt(() => console.table([{ a: 1 }]));
attempt(() => console.dir([{ a: 1 }], Object.create(null)));
attempt(() => display({ a: 1 }));
attempt(() => display([{ a: 1 }]));
attempt(() => progress(1, 'x'));
attempt(() => setTimeout(() => {}, 1));
attempt(() => tools.echo({ a: 1 }));
attempt(() => structuredClone({ a: [1] }));
attempt(() => new URL('http://a/?b=c').searchParams.get('b'));
attempt(() => new EventTarget().dispatchEvent(new Event('x')));
attempt(() => new TextDecoder().decode(new TextEncoder().encode('x')));
for (let i = 0; i < names.length; i++) delete Object.prototype[names[i]];
'after';
