// ---- complete: which names may stand where a text ends
//
// The text is read as tokens from its beginning, so that strings, comments and templates are known for what they are. What
// stands before the cursor is a path (`a.b["c"].d`) or the beginning of a name.
//
//  1. No code of the guest's runs: properties are read by their descriptors, a getter or a proxy ends the path, and a
//     call in it does, too.
//  2. What `let`, `const` and `class` have declared comes from the host, by value.
//  3. Time is linear in the text and in the number of own keys of what is completed; of long arrays they are not read.

const COMPLETE_NAMES = 500, COMPLETE_CHAIN = 1000, COMPLETE_ITEMS = 20000;
const NAME_TOKEN = 0, MARK_TOKEN = 1, VALUE_TOKEN = 2, NUMBER_TOKEN = 3;
const sortTexts = uncurry(Array.prototype.sort);
const StringProto = String.prototype, NumberProto = Number.prototype, BooleanProto = Boolean.prototype;
const SymbolProto = Symbol.prototype, BigIntProto = BigInt.prototype, RegExpProto = RegExp.prototype;
const goodName = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const keywords = {__proto__: null};
for (const word of ['async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete',
  'do', 'else', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new',
  'null', 'of', 'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while',
  'with', 'yield']) keywords[word] = true;
// Words that end in a value: a slash behind them divides.
const valueWords = {__proto__: null, this: true, super: true, true: true, false: true, null: true};

const isNameUnit = (c) => c >= 97 && c <= 122 || c >= 65 && c <= 90 || c >= 48 && c <= 57 || c === 95 || c === 36 ||
  c === 0x200c || c === 0x200d || c >= 0x80 && !isBlankUnit(c);
const isDigitUnit = (c) => c >= 48 && c <= 57;
const isBlankUnit = (c) => c <= 32 || c === 0xa0 || c === 0xfeff || c === 0x2028 || c === 0x2029 || c === 0x3000;

// The end of a piece that begins at `from`; -1: the text ends in it.
function endOfString(text, from) {
  const quote = charCodeAt(text, from);
  for (let i = from + 1; i < text.length; i++) {
    const c = charCodeAt(text, i);
    if (c === quote) return i + 1;
    if (c === 92) i++;
    else if (c === 10) return i;
  }
  return -1;
}

function endOfRegExp(text, from) {
  let inClass = false;
  for (let i = from + 1; i < text.length; i++) {
    const c = charCodeAt(text, i);
    if (c === 92) i++;
    else if (c === 10) return i;
    else if (c === 91) inClass = true;
    else if (c === 93) inClass = false;
    else if (c === 47 && !inClass) return i + 1;
  }
  return -1;
}

// Behind the closing quote of a template, or behind the `${` of a hole in it.
function endOfTemplate(text, from) {
  for (let i = from; i < text.length; i++) {
    const c = charCodeAt(text, i);
    if (c === 92) i++;
    else if (c === 96 || c === 36 && charCodeAt(text, i + 1) === 123) return i + (c === 96 ? 1 : 2);
  }
  return -1;
}

function endOfNumber(text, from) {
  const whole = charCodeAt(text, from) === 48 && isNameUnit(charCodeAt(text, from + 1)); // 0x1f
  let i = from, dotted = whole;
  for (; i < text.length; i++) {
    const c = charCodeAt(text, i);
    if (c === 46 && !dotted) dotted = true;
    else if ((c === 43 || c === 45) && !whole && (charCodeAt(text, i - 1) | 32) === 101) dotted = true;
    else if (!isNameUnit(c)) break;
  }
  return i;
}

const endsValue = (t) => t !== null && (t.kind === NAME_TOKEN ? keywords[t.text] === undefined || valueWords[t.text] === true || isDot(t.prev)
  : t.kind !== MARK_TOKEN || t.text === ')' || t.text === ']' || t.text === '}');
const isDot = (t) => t !== null && t.kind === MARK_TOKEN && (t.text === '.' || t.text === '?.');
const isMark = (t, text) => t !== null && t.kind === MARK_TOKEN && t.text === text;

// The last token of the text, with the one before it in `prev`, and so on; undefined: the text ends in a string, a comment
// or the like. `holes` are the open brackets between here and the templates around.
function lastToken(text) {
  let last = null, holes = null;
  const add = (kind, start, end, value) => {
    last = {__proto__: null, kind, text: slice(text, start, end), value, start, end, prev: last};
    return end;
  };
  for (let i = 0; i < text.length;) {
    const c = charCodeAt(text, i), next = charCodeAt(text, i + 1);
    let end = i + 1;
    if (isBlankUnit(c)) {
      i = end;
    } else if (c === 47 && (next === 47 || next === 42)) {
      end = indexOf(text, next === 47 ? '\n' : '*/', i + 2);
      if (end < 0) return undefined;
      i = next === 47 ? end : end + 2;
    } else if (isDigitUnit(c) || c === 46 && isDigitUnit(next)) {
      i = add(NUMBER_TOKEN, i, endOfNumber(text, i), NumberProto);
    } else if (isNameUnit(c)) {
      while (end < text.length && isNameUnit(charCodeAt(text, end))) end++;
      i = add(NAME_TOKEN, i, end, undefined);
    } else if (c === 34 || c === 39) {
      end = endOfString(text, i);
      if (end < 0) return undefined;
      i = add(VALUE_TOKEN, i, end, StringProto);
    } else if (c === 96 || c === 125 && holes !== null && holes.depth === 0) {
      if (c === 125) holes = holes.outer;
      const start = c === 125 ? last.start : i;
      end = endOfTemplate(text, i + 1);
      if (end < 0) return undefined;
      i = add(charCodeAt(text, end - 1) === 123 ? MARK_TOKEN : VALUE_TOKEN, start, end, StringProto);
      if (last.kind === MARK_TOKEN) holes = {__proto__: null, depth: 0, outer: holes};
    } else if (c === 47 && !endsValue(last)) {
      end = endOfRegExp(text, i);
      if (end < 0) return undefined;
      while (end < text.length && isNameUnit(charCodeAt(text, end))) end++;
      i = add(VALUE_TOKEN, i, end, RegExpProto);
    } else {
      if (holes !== null) holes.depth += c === 123 ? 1 : c === 125 ? -1 : 0;
      i = add(MARK_TOKEN, i, c === 63 && next === 46 && !isDigitUnit(charCodeAt(text, i + 2)) ? i + 2 : end, undefined);
    }
  }
  return last;
}

// What holds the properties of a value; undefined: it has none.
function holderOf(v) {
  switch (typeof v) {
    case 'object': return v === null ? undefined : v;
    case 'function': return v;
    case 'string': return StringProto;
    case 'number': return NumberProto;
    case 'boolean': return BooleanProto;
    case 'symbol': return SymbolProto;
    case 'bigint': return BigIntProto;
  }
  return undefined;
}

// The holder of what a property holds, if that can be known without running anything.
function propertyHolder(object, key) {
  for (let p = object, n = 0; p !== null && p !== undefined && n < COMPLETE_CHAIN; p = getPrototypeOf(p), n++) {
    if (classOf(p) === PROXY) return undefined;
    const d = describeAlone(p, key);
    if (d !== undefined) return hasOwnKey(d, 'value') ? holderOf(d.value) : undefined;
  }
  return undefined;
}

function variableHolder(name, variables) {
  if (name === 'this') return world;
  if (keywords[name] === true) return undefined;
  return hasOwnKey(variables, name) ? propertyHolder(variables, name) : propertyHolder(world, name);
}

// What an index in brackets says, if it is a string without escapes or a whole number.
function indexKey(token) {
  if (token.kind === NUMBER_TOKEN) return NativeString(+token.text);
  return token.kind === VALUE_TOKEN && token.value === StringProto && charCodeAt(token.text, 0) !== 96 && indexOf(token.text, '\\') < 0
    ? slice(token.text, 1, -1) : undefined;
}

function bracketHolder(close, variables) {
  const key = close.prev;
  if (key !== null && isMark(key.prev, '[')) {
    const before = isMark(key.prev.prev, '?.') ? key.prev.prev.prev : key.prev.prev;
    if (endsValue(before)) return indexKey(key) === undefined ? undefined : propertyHolder(pathHolder(before, variables), indexKey(key));
  }
  let depth = 0, open = close;
  for (; open !== null; open = open.prev) {
    if (isMark(open, ']')) depth++;
    else if (isMark(open, '[') && --depth === 0) return endsValue(open.prev) || isMark(open.prev, '?.') ? undefined : ArrayProto;
  }
  return undefined;
}

// The holder of the properties of what the path that ends with this token gives.
function pathHolder(token, variables) {
  if (token === null) return undefined;
  if (isMark(token, ']')) return bracketHolder(token, variables);
  if (token.kind !== NAME_TOKEN) return isMark(token.prev, '#') ? undefined : token.value;
  if (isDot(token.prev)) return propertyHolder(pathHolder(token.prev.prev, variables), token.text);
  return isMark(token.prev, '#') ? undefined : variableHolder(token.text, variables);
}

// ---- names

// `wanted` is the beginning of the names; `hidden` says that those with two underscores are not shown.
function addName(found, name) {
  if (typeof name !== 'string' || !beginsWith(name, found.wanted) || found.hidden && beginsWith(name, '__')) return;
  if (setHas(found.seen, name) || matchText(goodName, name) === null) return;
  setAdd(found.seen, name);
  found.list[found.list.length] = name;
}

function isLong(object) {
  if (isTyped(object)) return typedLength(object) > COMPLETE_ITEMS;
  return isArray(object) && object.length > COMPLETE_ITEMS;
}

function addNames(found, object) {
  for (let p = object, n = 0; p !== null && p !== undefined && n < COMPLETE_CHAIN; p = getPrototypeOf(p), n++) {
    if (classOf(p) === PROXY) return;
    if (isLong(p)) {
      addName(found, 'length');
      continue;
    }
    const keys = ownKeys(p);
    for (let i = 0; i < keys.length; i++) addName(found, keys[i]);
  }
}

function findNames(found, before, variables) {
  if (isMark(before, '#')) return;
  if (isDot(before)) {
    addNames(found, pathHolder(before.prev, variables));
    return;
  }
  const words = ownKeys(keywords);
  for (let i = 0; i < words.length; i++) addName(found, words[i]);
  addNames(found, variables);
  addNames(found, world);
}

function charactersBefore(text, end) {
  let count = 0;
  for (let i = 0; i < end; i++, count++) if (codePointAt(text, i) > 0xffff) i++;
  return count;
}

// The value is {"from":n,"names":[...]}.
function complete(source, variables) {
  const last = lastToken(source);
  const inName = last !== null && last !== undefined && last.end === source.length && last.kind === NAME_TOKEN;
  const inNumber = last !== null && last !== undefined && last.end === source.length && last.kind === NUMBER_TOKEN;
  const from = inName ? last.start : source.length, wanted = inName ? last.text : '';
  const found = {__proto__: null, wanted, hidden: !beginsWith(wanted, '_'), seen: new NativeSet(), list: listOf([])};
  if (last !== undefined && !inNumber) findNames(found, inName ? last.prev : last, variables);
  sortTexts(found.list);
  let names = '';
  for (let i = 0; i < found.list.length && i < COMPLETE_NAMES; i++) names += (i === 0 ? '' : ',') + stringify(found.list[i]);
  const json = '{"from":' + charactersBefore(source, from) + ',"names":[' + names + ']}';
  host(VALUE, json, json);
}
