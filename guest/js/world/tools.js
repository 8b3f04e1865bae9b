// ---- tools

function distance(a, b) {
  let row = create(null);
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const next = create(null);
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1] + (charCodeAt(a, i - 1) === charCodeAt(b, j - 1) ? 0 : 1);
      const drop = row[j] + 1, add = next[j - 1] + 1;
      next[j] = swap < drop ? (swap < add ? swap : add) : drop < add ? drop : add;
    }
    row = next;
  }
  return row[b.length];
}

let toolList = null; // {name, next}, the last one first

function unknownTool(name) {
  if (name.length > 100) name = slice(name, 0, 100);
  let best = null, least = 4, toolNames = '';
  for (let t = toolList; t !== null; t = t.next) {
    toolNames = t.name + (toolNames === '' ? '' : ', ') + toolNames;
    const d = t.name.length > 100 ? 100 : distance(name, t.name);
    if (d < least && d < name.length) { least = d; best = t.name; }
  }
  const message = 'Unknown tool: ' + name + '.' + (best === null ? '' : ' Did you mean ' + best + '?') +
    (toolNames === '' ? ' This cell has no tools.' : ' Available tools: ' + toolNames);
  const e = makeError('Error', message, 'unknown_tool', undefined);
  return () => PromiseReject(e);
}

// Own properties answer for the tools there are; only names that are unknown reach the proxy behind them.
const nobody = new Proxy(freeze(create(null)), freeze({
  __proto__: null,
  get(target, key) {
    return typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === 'constructor' || key === 'toString' ||
      key === 'valueOf' ? undefined : unknownTool(key);
  },
  has() { return false; },
  set() { return false; },
  defineProperty() { return false; },
  getPrototypeOf() { return null; },
}));
const tools = create(nobody);

// JSON.stringify for a guest that has put a toJSON on everything: the same text, less that.
function plainText(v, depth, tooDeep = ARGUMENT_TOO_LARGE) {
  if (v === null || typeof v !== 'object') return stringify(v);
  if (depth > VALUE_DEPTH) host(LIMITED, tooDeep);
  const toJSON = v.toJSON;
  if (typeof toJSON === 'function' && toJSON !== peek(ObjectProto, 'toJSON') && toJSON !== peek(ArrayProto, 'toJSON'))
    return plainText(apply(toJSON, v, ['']), depth + 1, tooDeep);
  let out = '';
  if (isArray(v)) {
    for (let i = 0; i < v.length; i++) out += (i === 0 ? '' : ',') + (plainText(v[i], depth + 1, tooDeep) ?? 'null');
    return '[' + out + ']';
  }
  const keys = ownKeys(v);
  for (let i = 0; i < keys.length; i++) {
    const d = typeof keys[i] === 'string' ? getOwnPropertyDescriptor(v, keys[i]) : undefined;
    const item = d !== undefined && d.enumerable ? plainText(v[keys[i]], depth + 1, tooDeep) : undefined;
    if (item !== undefined) out += (out === '' ? '' : ',') + stringify(keys[i]) + ':' + item;
  }
  return '{' + out + '}';
}

// An argument whose text would not fit into memory is too large, whatever the engine calls it.
function argumentText(argument) {
  if (argument === undefined) return undefined;
  try {
    return ObjectProto.toJSON === undefined && ArrayProto.toJSON === undefined ? stringify(argument) : plainText(argument, 0);
  } catch (e) {
    const message = isError(e) ? peek(e, 'message', '') : '';
    if (e === null || message === 'out of memory' || message === 'string too long' || message === 'invalid string length')
      host(LIMITED, ARGUMENT_TOO_LARGE);
    throw e;
  }
}

const makeTool = (index, name) => ({__proto__: null, [name]: (argument) => {
  try {
    return host(CALL, index, argumentText(argument), new NativeError());
  } catch (e) {
    return PromiseReject(e);
  }
}})[name];
const makeSyncTool = (index, name) => ({__proto__: null, [name]: (argument) => host(CALL, index, argumentText(argument))})[name];

const toolProperty = {__proto__: null, value: undefined, writable: false, enumerable: true, configurable: false};
function addTool(index, name, sync) {
  toolProperty.value = sync ? makeSyncTool(index, name) : makeTool(index, name);
  defineProperty(tools, name, toolProperty);
  toolList = {__proto__: null, name, next: toolList};
}
globals.tools = tools;
