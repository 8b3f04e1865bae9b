// ---- values: JSON with tags for what JSON lacks (docs/REPORTS.md has the table)

function bytesOf(v, buffer, offset, length) {
  const bytes = new NativeUint8(buffer, offset, length);
  let binary = '';
  for (let i = 0; i < length; i++) binary += fromCodes(bytes[i]);
  return toBase64(binary);
}

const tag = (type, rest) => '{"$type":"' + type + '"' + rest + '}';
const tooMuch = (what) => { host(LIMITED, what); };

function encodeNumber(v) {
  if (v !== v) return tag('number', ',"value":"NaN"');
  if (v === Infinity) return tag('number', ',"value":"Infinity"');
  if (v === -Infinity) return tag('number', ',"value":"-Infinity"');
  if (v === 0 && is(v, -0)) return tag('number', ',"value":"-0"');
  return NativeString(v);
}

function encodeKey(key) {
  return stringify(isWellFormed(key) ? key : NativeString(key)) + ':';
}

// `state` holds what is open above (for cycles), the room left, and the path.
function encode(v, depth, path, state) {
  switch (typeof v) {
    case 'string': return spend(stringify(v), state);
    case 'number': return encodeNumber(v);
    case 'boolean': return v ? 'true' : 'false';
    case 'undefined': return tag('undefined', '');
    case 'bigint': return spend(tag('bigint', ',"value":"' + bigintText(v) + '"'), state);
    case 'symbol': return spend(tag('symbol', ',"description":' + stringify(slice(symbolText(v), 7, -1))), state);
    case 'function': return spend(tag('function', ',"name":' + stringify(text(peek(v, 'name', ''), ''))), state);
  }
  if (v === null) return 'null';
  if (mapHas(state.open, v)) return tag('ref', ',"path":' + stringify(mapGet(state.open, v)));
  if (depth >= VALUE_DEPTH) tooMuch(TOO_DEEP);
  mapSet(state.open, v, path);
  const out = encodeObject(v, depth + 1, path, state);
  mapDelete(state.open, v);
  return out;
}

function spend(piece, state) {
  if ((state.room -= piece.length) < 0) tooMuch(TOO_LARGE);
  return piece;
}

function encodeObject(v, depth, path, state) {
  if (isArray(v)) return encodeArray(v, depth, path, state);
  const proto = getPrototypeOf(v);
  if (proto === ObjectProto || proto === null) return encodePlain(v, depth, path, state);
  const kind = classOf(v);
  if (kind === DATE) {
    const time = dateValue(v);
    return tag('date', ',"value":' + (time === time ? '"' + dateISO(v) + '"' : 'null'));
  }
  if (kind === ERRORS) return encodeError(v, depth, path, state);
  if (kind === MAP || kind === SET) return encodeCollection(v, kind === MAP, depth, path, state);
  if (kind === REGEXP) return spend(tag('regexp', ',"source":' + stringify(regexpSource(v)) + ',"flags":' +
    stringify(NativeString(regexpFlags(v)))), state);
  if (isTyped(v)) return encodeBytes(typedTag(v), typedBuffer(v), typedOffset(v), typedBytes(v), state);
  if (kind === VIEW) return encodeBytes('DataView', viewBuffer(v), viewOffset(v), viewBytes(v), state);
  if (kind === BUFFER) return encodeBytes('ArrayBuffer', v, 0, bufferBytes(v), state);
  if (kind === NUMBER) return encode(numberValue(v), depth, path, state);
  if (kind === STRING) return encode(stringValue(v), depth, path, state);
  if (kind === BOOLEAN) return encode(booleanValue(v), depth, path, state);
  return encodePlain(v, depth, path, state);
}

function encodeBytes(kind, buffer, offset, length, state) {
  spend(repeat('=', length < 1e6 ? length : 1e6), state);
  if (length > state.room) tooMuch(TOO_LARGE);
  return tag('bytes', ',"class":"' + kind + '","base64":"' + bytesOf(null, buffer, offset, length) + '"');
}

function encodeArray(v, depth, path, state) {
  const length = v.length;
  if (length > state.room) tooMuch(TOO_LARGE);
  let out = '[';
  for (let i = 0; i < length; i++) {
    if (i > 0) out += ',';
    state.room--;
    out += encode(v[i], depth, path + '[' + i + ']', state);
  }
  return out + ']';
}

function encodePlain(v, depth, path, state) {
  const toJSON = v.toJSON; // not one that stands on Object.prototype: that would be on everything
  if (typeof toJSON === 'function' && toJSON !== peek(ObjectProto, 'toJSON')) return encode(apply(toJSON, v, ['']), depth, path, state);
  const keys = ownKeys(v), count = keys.length;
  if (getOwnPropertyDescriptor(v, '$type') !== undefined) return encodeEntries(v, keys, depth, path, state);
  let out = '';
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    if (typeof key !== 'string') continue;
    const d = getOwnPropertyDescriptor(v, key);
    if (d === undefined || !d.enumerable) continue;
    if (key === '$type') return encodeEntries(v, keys, depth, path, state); // of a proxy that said otherwise above
    out += (out === '' ? '{' : ',') + spend(encodeKey(key), state) + encode(v[key], depth, path + '.' + key, state);
  }
  return out === '' ? '{}' : out + '}';
}

// An object that has a "$type" of its own goes as entries, so that no guest value reads as a tag.
function encodeEntries(v, keys, depth, path, state) {
  let out = '';
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const d = typeof key === 'string' ? getOwnPropertyDescriptor(v, key) : undefined;
    if (d === undefined || !d.enumerable) continue;
    out += (out === '' ? '' : ',') + '[' + spend(stringify(key), state) + ',' + encode(v[key], depth, path + '.' + key, state) + ']';
  }
  return tag('object', ',"entries":[' + out + ']');
}

// The items are listed first, so that no native frame lies between two levels of a nest.
function encodeCollection(v, isMap, depth, path, state) {
  let head = null, tail = null, out = '', i = 0;
  const list = (value, key) => {
    const item = {__proto__: null, key, value, next: null};
    if (tail === null) head = item;
    else tail.next = item;
    tail = item;
  };
  if (isMap) mapEach(v, list);
  else setEach(v, list);
  for (let item = head; item !== null; item = item.next) {
    const at = path + '{' + i++ + '}';
    const value = encode(item.value, depth, at, state);
    out += (out === '' ? '' : ',') + (isMap ? '[' + encode(item.key, depth, at, state) + ',' + value + ']' : value);
  }
  return isMap ? tag('map', ',"entries":[' + out + ']') : tag('set', ',"values":[' + out + ']');
}

function encodeError(v, depth, path, state) {
  return spend(tag('error', ',"name":' + stringify(text(peek(v, 'name', 'Error'), 'Error')) +
    ',"message":' + stringify(text(peek(v, 'message', ''), ''))), state);
}

// The value of a run. Numbers, booleans, null and undefined never come here: the host writes those itself.
function giveValue(v, room) {
  const state = {__proto__: null, open: new NativeMap(), room};
  const json = encode(v, 0, '$', state);
  host(VALUE, json, inspect(v));
}
