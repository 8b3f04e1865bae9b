// ---- inspect: what console shows for a value, in the manner of Node's util.inspect

const INSPECT_DEPTH = 3, INSPECT_ITEMS = 100, INSPECT_LINE = 76, INSPECT_TEXT = 100000;

function quote(s) {
  const quoteMark = indexOf(s, "'") < 0 ? "'" : indexOf(s, '"') < 0 ? '"' : indexOf(s, '`') < 0 ? '`' : "'";
  let out = quoteMark, from = 0;
  for (let i = 0; i < s.length; i++) {
    const c = charCodeAt(s, i);
    let e;
    if (c === 10) e = '\\n';
    else if (c === 9) e = '\\t';
    else if (c === 13) e = '\\r';
    else if (c === 92) e = '\\\\';
    else if (c < 32 || c === 127) e = '\\x' + '0123456789ABCDEF'[c >> 4] + '0123456789ABCDEF'[c & 15];
    else if (s[i] === quoteMark) e = '\\' + quoteMark;
    else continue;
    out += slice(s, from, i) + e;
    from = i + 1;
  }
  return out + slice(s, from) + quoteMark;
}

function isIdentifier(key) {
  if (key === '') return false;
  for (let i = 0; i < key.length; i++) {
    const c = charCodeAt(key, i);
    const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 36;
    if (!letter && (i === 0 || c < 48 || c > 57)) return false;
  }
  return true;
}

function inspect(v) {
  return inspectValue(v, 0, '', {__proto__: null, open: new NativeSet(), room: INSPECT_TEXT});
}

function inspectPrimitive(v) {
  switch (typeof v) {
    case 'string': return quote(v.length > 10000 ? slice(v, 0, 10000) + '... ' + (v.length - 10000) + ' more characters' : v);
    case 'number': return is(v, -0) ? '-0' : NativeString(v);
    case 'bigint': return bigintText(v) + 'n';
    case 'symbol': return symbolText(v);
    default: return NativeString(v);
  }
}

function inspectFunction(v) {
  const d = getOwnPropertyDescriptor(v, 'name');
  const name = d !== undefined && typeof d.value === 'string' ? d.value : '';
  let isClass = false;
  try { isClass = slice(functionText(v), 0, 5) === 'class'; } catch {}
  const kind = isClass ? 'class' : 'Function';
  return name === '' ? '[' + kind + ' (anonymous)]' : isClass ? '[class ' + name + ']' : '[Function: ' + name + ']';
}

function inspectValue(v, depth, indent, state) {
  if (v === null || (typeof v !== 'object' && typeof v !== 'function')) return inspectPrimitive(v);
  if (state.room <= 0) return '...';
  let out;
  if (setHas(state.open, v)) return '[Circular]';
  try {
    setAdd(state.open, v);
    out = inspectObject(v, depth, indent, state);
  } catch (e) {
    if (isStackOverflow(e)) throw e;
    out = '[object that cannot be shown]';
  } finally {
    setDelete(state.open, v);
  }
  state.room -= out.length;
  return out;
}

function isStackOverflow(e) {
  return isError(e) && peek(e, 'message', '') === 'Maximum call stack size exceeded';
}

function inspectError(v) {
  const name = text(peek(v, 'name', 'Error'), 'Error'), message = text(peek(v, 'message', ''), '');
  const stack = text(peek(v, 'stack', ''), '');
  const head = message === '' ? name : name + ': ' + message;
  return stack === '' ? '[' + head + ']' : head + '\n' + trimStack(stack);
}

// A proxy is shown as its target, so that no trap runs; the host knows which objects are proxies.
function inspectObject(v, depth, indent, state) {
  let kind = classOf(v);
  for (let n = 0; kind === PROXY; kind = classOf(v))
    if ((v = host(TARGET, v)) === null || n++ > 100) return '<Revoked Proxy>';
  if (typeof v === 'function') return inspectFunction(v);
  const proto = getPrototypeOf(v), plain = proto === ObjectProto || proto === ArrayProto || proto === null;
  if (!plain) {
    if (kind === ERRORS) return inspectError(v);
    if (kind === DATE) { const t = dateValue(v); return t === t ? dateISO(v) : 'Invalid Date'; }
    if (kind === REGEXP) return '/' + regexpSource(v) + '/' + regexpFlags(v);
  }
  const name = className(v);
  if (depth >= INSPECT_DEPTH) return isArray(v) ? '[Array]' : '[' + (name === '' ? 'Object: null prototype' : name) + ']';
  const next = indent + '  ';
  let body = '', count = 0, long = false;
  const add = (item) => {
    if (indexOf(item, '\n') >= 0) long = true;
    body += (count === 0 ? '' : ',\0') + item;
    count++;
  };
  const addRest = (size) => {
    const rest = size - INSPECT_ITEMS;
    if (rest > 0) add('... ' + rest + ' more item' + (rest > 1 ? 's' : ''));
  };
  let open = '{', close = '}', prefix = '';
  if (isArray(v) || (!plain && isTyped(v))) {
    const typed = !isArray(v), length = typed ? typedLength(v) : v.length;
    open = '['; close = ']';
    if (typed) prefix = typedTag(v) + '(' + length + ') ';
    else if (name !== 'Array') prefix = (name || 'null') + '(' + length + ') ';
    const shown = length < INSPECT_ITEMS ? length : INSPECT_ITEMS;
    let holes = 0;
    const flush = () => { if (holes > 0) add('<' + holes + ' empty item' + (holes > 1 ? 's>' : '>')); holes = 0; };
    for (let i = 0; i < shown; i++) {
      const d = getOwnPropertyDescriptor(v, NativeString(i));
      if (d === undefined) { holes++; continue; }
      flush();
      add(inspectProperty(d, depth, next, state));
    }
    flush();
    addRest(length);
    return wrap(prefix, open, close, body, count, long, indent);
  }
  if (plain) {
    if (proto === null) prefix = '[Object: null prototype] ';
  } else if (kind === MAP) {
    prefix = name + '(' + mapSizeOf(v) + ') ';
    mapEach(v, (value, key) => {
      if (count < INSPECT_ITEMS) add(inspectValue(key, depth + 1, next, state) + ' => ' + inspectValue(value, depth + 1, next, state));
    });
    addRest(mapSizeOf(v));
  } else if (kind === SET) {
    prefix = name + '(' + setSizeOf(v) + ') ';
    setEach(v, (value) => { if (count < INSPECT_ITEMS) add(inspectValue(value, depth + 1, next, state)); });
    addRest(setSizeOf(v));
  } else if (kind === BUFFER) return 'ArrayBuffer { byteLength: ' + bufferBytes(v) + ' }';
  else if (kind === PROMISE) return 'Promise {}';
  else if (kind === WEAKMAP || kind === WEAKSET) return name + ' { <items unknown> }';
  else if (name === '') prefix = '[Object: null prototype] ';
  else if (name !== 'Object') prefix = name + ' ';
  const keys = ownKeys(v);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i], d = getOwnPropertyDescriptor(v, key);
    if (d === undefined || !d.enumerable) continue;
    if (count >= INSPECT_ITEMS) { add('... ' + (keys.length - i) + ' more'); break; }
    const label = typeof key === 'symbol' ? '[' + symbolText(key) + ']' : isIdentifier(key) ? key : quote(key);
    add(label + ': ' + inspectProperty(d, depth, next, state));
  }
  return wrap(prefix, open, close, body, count, long, indent);
}

function inspectProperty(d, depth, next, state) {
  if (d.get !== undefined || d.set !== undefined)
    return d.get === undefined ? '[Setter]' : d.set === undefined ? '[Getter]' : '[Getter/Setter]';
  return inspectValue(d.value, depth + 1, next, state);
}

// `body` has its items separated by ",\0": on one line when they fit, else a line each.
function wrap(prefix, open, close, body, count, long, indent) {
  if (count === 0) return prefix + open + close;
  const oneLine = !long && body.length + indent.length + prefix.length <= INSPECT_LINE;
  const gap = oneLine ? ' ' : '\n' + indent + '  ';
  let out = prefix + open + gap, from = 0;
  for (let at = indexOf(body, '\0'); at >= 0; at = indexOf(body, '\0', from)) {
    out += slice(body, from, at) + gap;
    from = at + 1;
  }
  return out + slice(body, from) + (oneLine ? ' ' : '\n' + indent) + close;
}
