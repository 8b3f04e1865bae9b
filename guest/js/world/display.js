// ---- what a run shows beside its console: display(value, mime?), progress(value, message?); and what it was given: context

const setContext = (value) => { put(world, 'context', value); };
{
const DISPLAY = 9, PROGRESS = 10, DISPLAY_TOO_DEEP = 3;
const NativeSyntaxError = SyntaxError;
const VEGA = 'https://vega.github.io/schema/vega';
const TABLE = 'application/vnd.cloche.table+json';
const TABLE_ROWS = 10000, TABLE_COLUMNS = 200;

const startsWith = (s, head) => slice(s, 0, head.length) === head;

// The value as JSON text without the guest's toJSON on everything; undefined: it has none.
function jsonText(v) {
  const json = plainText(v, 0, DISPLAY_TOO_DEEP);
  if (json === undefined) throw new NativeTypeError('display: the value has no JSON');
  return json;
}

// The bytes of a buffer or view as base64; undefined: it is neither.
function base64Of(v) {
  if (typeof v !== 'object' || v === null) return undefined;
  if (isTyped(v)) return bytesOf(null, typedBuffer(v), typedOffset(v), typedBytes(v));
  const kind = classOf(v);
  if (kind === BUFFER) return bytesOf(null, v, 0, bufferBytes(v));
  if (kind === VIEW) return bytesOf(null, viewBuffer(v), viewOffset(v), viewBytes(v));
  return undefined;
}

// PNG, JPEG, GIF and WebP say what they are in their first bytes.
function imageType(base64) {
  if (startsWith(base64, 'iVBORw0KGgo')) return 'image/png';
  if (startsWith(base64, '/9j/')) return 'image/jpeg';
  if (startsWith(base64, 'R0lGOD')) return 'image/gif';
  if (startsWith(base64, 'UklGR') && slice(base64, 11, 16) === 'XRUJQ') return 'image/webp';
  return 'application/octet-stream';
}

const isRow = (v) => typeof v === 'object' && v !== null && !isArray(v) &&
  (getPrototypeOf(v) === ObjectProto || getPrototypeOf(v) === null);

// A list of plain objects is a table: its columns in the order in which they are first seen, its rows as lists.
function tableText(rows) {
  const count = rows.length;
  if (count === 0 || count > TABLE_ROWS) return undefined;
  const seen = new NativeMap();
  let columns = '', width = 0;
  for (let i = 0; i < count; i++) {
    if (!isRow(rows[i])) return undefined;
    const keys = ownKeys(rows[i]);
    for (let k = 0; k < keys.length; k++) {
      if (typeof keys[k] !== 'string' || mapHas(seen, keys[k])) continue;
      if (width === TABLE_COLUMNS) return undefined;
      mapSet(seen, keys[k], width++);
      columns += (columns === '' ? '' : ',') + stringify(keys[k]);
    }
  }
  let out = '';
  for (let i = 0; i < count; i++) {
    let cells = '';
    mapEach(seen, (column, key) => {
      const cell = getOwnPropertyDescriptor(rows[i], key) === undefined ? undefined : plainText(rows[i][key], 0, DISPLAY_TOO_DEEP);
      cells += (cells === '' ? '' : ',') + (cell === undefined ? 'null' : cell);
    });
    out += (out === '' ? '' : ',') + '[' + cells + ']';
  }
  return '{"columns":[' + columns + '],"rows":[' + out + ']}';
}

// What the value itself suggests.
function displayPlain(v) {
  if (typeof v === 'string') return host(DISPLAY, 'text/plain', v, 0);
  const base64 = base64Of(v);
  if (base64 !== undefined) return host(DISPLAY, imageType(base64), base64, 1);
  if (isArray(v)) {
    const table = tableText(v);
    return table !== undefined ? host(DISPLAY, TABLE, table, 0) : host(DISPLAY, 'application/json', jsonText(v), 0);
  }
  if (isRow(v)) {
    const schema = peek(v, '$schema', undefined);
    const vega = typeof schema === 'string' && startsWith(schema, VEGA);
    const mime = !vega ? 'application/json' : startsWith(schema, VEGA + '-lite') ? 'application/vnd.vegalite.v5+json'
      : 'application/vnd.vega.v5+json';
    return host(DISPLAY, mime, jsonText(v), 0);
  }
  return host(DISPLAY, 'text/plain', inspect(v), 0);
}

const shortTypes = {__proto__: null, text: 'text/plain', markdown: 'text/markdown', md: 'text/markdown', html: 'text/html',
  svg: 'image/svg+xml', png: 'image/png', json: 'application/json', table: TABLE,
  'vega-lite': 'application/vnd.vegalite.v5+json', csv: 'text/csv'};

function displayAs(v, mime) {
  const full = shortTypes[mime];
  if (full !== undefined) mime = full;
  const base64 = base64Of(v);
  if (base64 !== undefined) return host(DISPLAY, mime, base64, 1);
  if (mime === TABLE && isArray(v)) {
    const table = tableText(v);
    if (table === undefined) throw new NativeTypeError('display: a table is a list of plain objects');
    return host(DISPLAY, mime, table, 0);
  }
  if (typeof v === 'string') return host(DISPLAY, mime, v, 0);
  if (slice(mime, -4) === 'json') return host(DISPLAY, mime, jsonText(v), 0);
  return host(DISPLAY, mime, inspect(v), 0);
}

globals.display = function display(value, mime) {
  if (mime === undefined) displayPlain(value);
  else displayAs(value, NativeString(mime));
};

globals.progress = function progress(value, message) {
  const n = value === undefined || value === null ? null : NativeNumber(value);
  host(PROGRESS, '{"value":' + (n !== null && isFinite(n) ? NativeString(n) : 'null') +
    (message === undefined ? '' : ',"message":' + stringify(NativeString(message))) + '}');
};

globals.context = freeze({});

// What a rewritten import declaration calls: a module that lacks a name says so.
globals.__imported = function (namespace, specifier, ...wanted) {
  for (let i = 0; i < wanted.length; i++)
    if (getOwnPropertyDescriptor(namespace, wanted[i]) === undefined)
      throw new NativeSyntaxError("The requested module '" + specifier + "' does not provide an export named '" + wanted[i] + "'");
  return namespace;
};

// What JSX calls when nobody named a factory: plain data. A function gets its properties and answers for itself.
globals.__jsx = function (type, props, ...children) {
  const own = {};
  if (props !== null && props !== undefined) {
    const keys = ownKeys(props);
    for (let i = 0; i < keys.length; i++) setOwn(own, keys[i], props[keys[i]]);
  }
  const flat = [];
  flatten(flat, children, 0);
  if (typeof type === 'function') {
    if (flat.length > 0) setOwn(own, 'children', flat.length === 1 ? flat[0] : flat);
    return type(own);
  }
  return {type, props: own, children: flat};
};
const setOwn = (object, key, value) => defineProperty(object, key, {
  __proto__: null, value, writable: true, enumerable: true, configurable: true});
// Lists among children are children; what renders as nothing is left out.
function flatten(out, list, depth) {
  for (let i = 0; i < list.length; i++) {
    const child = list[i];
    if (isArray(child) && depth < 100) flatten(out, child, depth + 1);
    else if (child !== null && child !== undefined && typeof child !== 'boolean') setOwn(out, NativeString(out.length), child);
  }
}
}
