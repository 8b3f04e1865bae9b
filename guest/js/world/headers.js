// ---- Headers, as the Fetch standard has them, without guards

const execRegexp = uncurry(RegExp.prototype.exec); // as long as lastIndex is 0 it asks nobody
const notInNames = /[^!#$%&'*+.^_`|~0-9A-Za-z-]/, notAByte = /[^\0-\xff]/;
const unusualValue = /^[\t\n\r ]|[\t\n\r ]$|[\0\n\r]|[^\0-\xff]/;

// What most names are, without looking at their characters.
const usualNames = {__proto__: null};
for (const name of ['Accept', 'Accept-Encoding', 'Accept-Language', 'Access-Control-Allow-Origin', 'Age', 'Allow',
  'Authorization', 'Cache-Control', 'Connection', 'Content-Disposition', 'Content-Encoding', 'Content-Language',
  'Content-Length', 'Content-Type', 'Cookie', 'Date', 'ETag', 'Expires', 'Host', 'If-Modified-Since', 'If-None-Match',
  'Last-Modified', 'Link', 'Location', 'Origin', 'Pragma', 'Range', 'Referer', 'Retry-After', 'Server', 'Set-Cookie',
  'Transfer-Encoding', 'User-Agent', 'Vary', 'X-Api-Key', 'X-Request-Id', 'X-Requested-With'])
  usualNames[name] = usualNames[name.toLowerCase()] = name.toLowerCase();

function headerNameOf(v) {
  v = domString(v);
  const usual = usualNames[v];
  if (usual !== undefined) return usual;
  if (v === '' || execRegexp(notInNames, v) !== null)
    throw new NativeTypeError('Invalid header name: ' + stringify(slice(v, 0, 100)));
  return toLowerCase(v);
}

// A ByteString: every code unit is a byte.
function byteString(v) {
  v = domString(v);
  if (execRegexp(notAByte, v) !== null) throw new NativeTypeError('A header must not have characters above U+00FF');
  return v;
}

// A value without white space around it.
function headerValueOf(v) {
  v = domString(v);
  if (execRegexp(unusualValue, v) === null) return v;
  v = byteString(v);
  const isSpace = (c) => c === 9 || c === 10 || c === 13 || c === 32;
  let from = 0, end = v.length;
  while (from < end && isSpace(charCodeAt(v, from))) from++;
  while (from < end && isSpace(charCodeAt(v, end - 1))) end--;
  v = slice(v, from, end);
  if (indexOf(v, '\n') >= 0 || indexOf(v, '\r') >= 0 || indexOf(v, '\0') >= 0)
    throw new NativeTypeError('Invalid header value: ' + stringify(slice(v, 0, 100)));
  return v;
}

let headerPairs; // sorted and combined, for iteration

// `#entries`: a map of name to {name, value}, the value combined; of set-cookie, `all` has the values one by one.
class Headers {
  #entries = new NativeMap(); #pairs = null;
  constructor(init = undefined) {
    if (init === undefined) return;
    if (!isObject(init)) throw new NativeTypeError('The headers must be an object or a sequence of pairs');
    const add = (name, value) => { this.#add(headerNameOf(name), headerValueOf(value)); };
    addPairs(init, init[iteratorKey], domString, add, 'Headers');
  }
  static {
    headerPairs = (v) => {
      if (v.#pairs === null) v.#pairs = sortedPairs(v.#entries);
      return v.#pairs;
    };
  }
  #add(name, value) {
    const entry = mapGet(this.#entries, name);
    this.#pairs = null;
    if (entry === undefined) {
      this.#put(name, value);
      return;
    }
    entry.value += ', ' + value;
    if (entry.all !== null) entry.all[entry.all.length] = value;
  }
  #put(name, value) {
    const all = name === 'set-cookie' ? newList() : null;
    if (all !== null) all[0] = value;
    mapSet(this.#entries, name, {__proto__: null, name, value, all});
    this.#pairs = null;
  }
  append(name, value) {
    needArguments(this.#entries && arguments.length, 2);
    this.#add(headerNameOf(name), headerValueOf(value));
  }
  delete(name) {
    const entries = this.#entries;
    needArguments(arguments.length, 1);
    if (mapDelete(entries, headerNameOf(name))) this.#pairs = null;
  }
  get(name) {
    const entries = this.#entries;
    needArguments(arguments.length, 1);
    const entry = mapGet(entries, headerNameOf(name));
    return entry === undefined ? null : entry.value;
  }
  getSetCookie() {
    const entry = mapGet(this.#entries, 'set-cookie'), out = [];
    if (entry !== undefined) for (let i = 0; i < entry.all.length; i++) addOwn(out, i, entry.all[i]);
    return out;
  }
  has(name) {
    const entries = this.#entries;
    needArguments(arguments.length, 1);
    return mapHas(entries, headerNameOf(name));
  }
  set(name, value) {
    needArguments(this.#entries && arguments.length, 2);
    this.#put(headerNameOf(name), headerValueOf(value));
  }
  forEach(callback, thisArg = undefined) {
    let list = this.#entries && headerPairs(this);
    needArguments(arguments.length, 1);
    needFunction(callback, 'forEach');
    for (let i = 0; i < list.length; i++, list = headerPairs(this))
      apply(callback, thisArg, [list[i].value, list[i].name, this]);
  }
  keys() { return headersIterator(this, this.#entries && KEYS); }
  values() { return headersIterator(this, this.#entries && VALUES); }
  entries() { return headersIterator(this, this.#entries && ENTRIES); }
}
const headersIterator = makeIterators('Headers Iterator', headerPairs);
makeInterface(Headers, 'Headers');
put(Headers.prototype, iteratorKey, Headers.prototype.entries);

// In order of names; each set-cookie stands for itself.
function sortedPairs(entries) {
  const list = newList();
  mapEach(entries, (entry) => {
    const {name, all} = entry;
    if (all === null) list[list.length] = entry;
    else for (let i = 0; i < all.length; i++) list[list.length] = {__proto__: null, name, value: all[i]};
  });
  if (list.length > 20) return mergeSort(list, 0, list.length);
  for (let i = 1; i < list.length; i++) {
    const entry = list[i];
    let at = i;
    for (; at > 0 && entry.name < list[at - 1].name; at--) list[at] = list[at - 1];
    list[at] = entry;
  }
  return list;
}

function mergeSort(list, from, end) {
  const out = newList();
  if (end - from < 2) {
    if (end > from) out[0] = list[from];
    return out;
  }
  const middle = (from + end) >> 1, left = mergeSort(list, from, middle), right = mergeSort(list, middle, end);
  let l = 0, r = 0;
  while (l < left.length && r < right.length) out[out.length] = right[r].name < left[l].name ? right[r++] : left[l++];
  while (l < left.length) out[out.length] = left[l++];
  while (r < right.length) out[out.length] = right[r++];
  return out;
}

showMembers(Headers, (v) => {
  const out = {__proto__: null}, list = headerPairs(v);
  for (let i = 0; i < list.length; i++) out[list[i].name] = list[i].value;
  return {...out};
});

globals.Headers = Headers;
