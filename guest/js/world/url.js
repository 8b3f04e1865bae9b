// ---- URL and URLSearchParams
//
// The parser is the engine's side module (Ada); its own classes stay hidden behind private fields, where guest code
// cannot reach them. What is added here is what they lack: searchParams, URL.parse, live iteration, well-formed text,
// and errors as Node throws them.

const NativeURL = globalThis.URL, NativeParams = globalThis.URLSearchParams;
const canParseURL = NativeURL.canParse;
const decodeComponent = decodeURIComponent;
const toWellFormed = uncurry(String.prototype.toWellFormed);
const IteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));
deleteProperty(globalThis, 'URL');
deleteProperty(globalThis, 'URLSearchParams');

// A USVString: a lone surrogate becomes U+FFFD.
function usvString(v) {
  if (typeof v !== 'string') v = domString(v);
  return isWellFormed(v) ? v : toWellFormed(v);
}

// A list that no prototype can see into; used like an array.
const newList = () => setPrototypeOf([], null);

function needFunction(v, what) {
  if (typeof v !== 'function') throw new NativeTypeError('The argument of ' + what + ' must be a function');
}

// ---- what URLSearchParams and Headers share

// Adds pairs from a sequence of sequences or a record, as Web IDL reads both; `text` makes a string of a value.
function addPairs(init, method, text, add, what) {
  if (method !== undefined && method !== null) {
    if (typeof method !== 'function') throw new NativeTypeError(what + ': the argument is not iterable');
    forEachItem(init, method, (pair) => {
      if (!isObject(pair)) throw new NativeTypeError(what + ': each pair must be an iterable of a name and a value');
      let name, value, count = 0;
      forEachItem(pair, pair[iteratorKey], (item) => {
        if (count === 0) name = text(item);
        else value = text(item);
        if (++count > 2) throw new NativeTypeError(what + ': each pair must be an iterable of a name and a value');
      });
      if (count !== 2) throw new NativeTypeError(what + ': each pair must be an iterable of a name and a value');
      add(name, value);
    });
    return;
  }
  const copy = {...init}, keys = ownKeys(copy), pairs = newList(); // the engine reads what is enumerable
  let isChanged = false;
  for (let i = 0; i < keys.length; i++) {
    const name = text(keys[i]);
    if (name !== keys[i]) isChanged = true;
    pairs[i] = {__proto__: null, name, value: text(copy[keys[i]])};
  }
  if (isChanged) joinPairs(pairs);
  for (let i = 0; i < pairs.length; i++) add(pairs[i].name, pairs[i].value);
}

// Names that were different can become the same when their surrogates are replaced: the first place and the last value.
function joinPairs(pairs) {
  const seen = new NativeMap();
  let count = 0;
  for (let i = 0; i < pairs.length; i++) {
    const known = mapGet(seen, pairs[i].name);
    if (known !== undefined) {
      known.value = pairs[i].value;
      continue;
    }
    mapSet(seen, pairs[i].name, pairs[i]);
    pairs[count++] = pairs[i];
  }
  pairs.length = count;
}

function forEachItem(iterable, method, use) {
  if (typeof method !== 'function') throw new NativeTypeError('The value is not iterable');
  const iterator = apply(method, iterable, []);
  if (!isObject(iterator)) throw new NativeTypeError('The iterator is not an object');
  const next = iterator.next;
  for (;;) {
    const step = apply(next, iterator, []);
    if (!isObject(step)) throw new NativeTypeError('An iterator result must be an object');
    if (step.done) return;
    use(step.value);
  }
}

// The iterators of an interface whose pairs can be listed: `pairs(target)` is a list of {name, value}, the same one
// until it changes. Gives a function that makes an iterator of `kind`.
const KEYS = 0, VALUES = 1, ENTRIES = 2;
function makeIterators(tag, pairs) {
  class PairIterator {
    #target; #kind; #at = 0;
    constructor(target, kind) {
      this.#target = target;
      this.#kind = kind;
    }
    next() {
      if (!isObject(this) || !(#target in this)) throw illegalThis('a ' + tag);
      const list = pairs(this.#target);
      if (this.#at >= list.length) return {value: undefined, done: true};
      const {name, value} = list[this.#at++];
      return {value: this.#kind === KEYS ? name : this.#kind === VALUES ? value : [name, value], done: false};
    }
  }
  deleteProperty(PairIterator.prototype, 'constructor');
  setPrototypeOf(PairIterator.prototype, IteratorPrototype);
  makeInterface(PairIterator, tag);
  return (target, kind) => new PairIterator(target, kind);
}

// ---- URLSearchParams

let paramsOf;       // the pairs of URLSearchParams as a list
let newQueryParams; // the URLSearchParams of a URL
let setQuery;       // tells it that the URL's query has changed

// The side module takes up to two question marks away, and keeps bytes that are no UTF-8 as they are.
function newNativeParams(query) {
  const params = new NativeParams(query[0] === '?' ? '?' + query : query);
  if (indexOf(query, '%') < 0 || isDecodable(query)) return params;
  const fresh = new NativeParams('');
  params.forEach((value, name) => { fresh.append(name, value); });
  return fresh;
}

function isDecodable(query) {
  try {
    decodeComponent(query);
    return true;
  } catch {
    return false;
  }
}

class URLSearchParams {
  #params; #url = null; #pairs = null; // `#pairs` lists what `#params` holds, once it was asked for
  constructor(init = '') {
    if (init === newQueryParams) return;
    if (!isObject(init)) {
      this.#params = newNativeParams(usvString(init));
      return;
    }
    const params = this.#params = new NativeParams('');
    addPairs(init, init[iteratorKey], usvString, (name, value) => { params.append(name, value); }, 'URLSearchParams');
  }
  static {
    paramsOf = (v) => {
      if (v.#pairs === null) {
        const list = newList();
        v.#params.forEach((value, name) => { list[list.length] = {__proto__: null, name, value}; });
        v.#pairs = list;
      }
      return v.#pairs;
    };
    newQueryParams = (url) => {
      const v = new URLSearchParams(newQueryParams);
      v.#url = url;
      setQuery(v);
      return v;
    };
    setQuery = (v) => {
      v.#params = newNativeParams(v.#url.search);
      v.#pairs = null;
    };
  }
  #changed() {
    this.#pairs = null;
    if (this.#url !== null) this.#url.search = this.#params.toString();
  }
  get size() { return this.#params.size; }
  append(name, value) {
    const params = this.#params;
    needArguments(arguments.length, 2);
    params.append(usvString(name), usvString(value));
    this.#changed();
  }
  delete(name, value = undefined) {
    const params = this.#params;
    needArguments(arguments.length, 1);
    name = usvString(name);
    if (value === undefined) params.delete(name);
    else params.delete(name, usvString(value));
    this.#changed();
  }
  get(name) {
    const params = this.#params;
    needArguments(arguments.length, 1);
    return params.get(usvString(name));
  }
  getAll(name) {
    const params = this.#params;
    needArguments(arguments.length, 1);
    return params.getAll(usvString(name));
  }
  has(name, value = undefined) {
    const params = this.#params;
    needArguments(arguments.length, 1);
    name = usvString(name);
    return value === undefined ? params.has(name) : params.has(name, usvString(value));
  }
  set(name, value) {
    const params = this.#params;
    needArguments(arguments.length, 2);
    params.set(usvString(name), usvString(value));
    this.#changed();
  }
  sort() {
    this.#params.sort();
    this.#changed();
  }
  forEach(callback, thisArg = undefined) {
    const params = this.#params;
    needArguments(arguments.length, 1);
    needFunction(callback, 'forEach');
    if (params.size === 0) return;
    for (let i = 0, list = paramsOf(this); i < list.length; i++, list = paramsOf(this))
      apply(callback, thisArg, [list[i].value, list[i].name, this]);
  }
  keys() { return paramsIterator(this, this.#params && KEYS); }
  values() { return paramsIterator(this, this.#params && VALUES); }
  entries() { return paramsIterator(this, this.#params && ENTRIES); }
  toString() { return this.#params.toString(); }
}
const paramsIterator = makeIterators('URLSearchParams Iterator', paramsOf);
makeInterface(URLSearchParams, 'URLSearchParams');
put(URLSearchParams.prototype, iteratorKey, URLSearchParams.prototype.entries);

// ---- URL

const addOwn = (object, key, value) => {
  defineProperty(object, key, {__proto__: null, value, writable: true, enumerable: true, configurable: true});
  return object;
};

// An error with a code, as Node has them; its stack begins with the guest's frame.
function codedError(e, code) {
  put(e, 'stack', trimStack(text(ownStack(e), '')));
  return addOwn(e, 'code', code);
}

function invalidURL(input, base) {
  const e = codedError(new NativeTypeError('Invalid URL'), 'ERR_INVALID_URL');
  addOwn(e, 'input', input);
  return base === undefined ? e : addOwn(e, 'base', base);
}

const newNativeURL = (input, base) => base === undefined ? new NativeURL(input) : new NativeURL(input, base);
const isInvalidURL = (e) => isError(e) && peek(e, 'message', '') === 'Invalid URL';

class URL {
  #url; #params = null;
  constructor(url, base = undefined) {
    if (url === newNativeURL) { // from URL.parse, with one that is parsed already
      this.#url = base;
      return;
    }
    needArguments(arguments.length, 1);
    url = usvString(url);
    if (base !== undefined) base = usvString(base);
    try {
      this.#url = newNativeURL(url, base);
    } catch (e) {
      throw isInvalidURL(e) ? invalidURL(url, base) : e;
    }
  }
  static canParse(url, base = undefined) {
    needArguments(arguments.length, 1);
    url = usvString(url);
    return base === undefined ? canParseURL(url) : canParseURL(url, usvString(base));
  }
  static parse(url, base = undefined) {
    needArguments(arguments.length, 1);
    url = usvString(url);
    if (base !== undefined) base = usvString(base);
    let parsed;
    try {
      parsed = newNativeURL(url, base);
    } catch (e) {
      if (isInvalidURL(e)) return null;
      throw e;
    }
    return new URL(newNativeURL, parsed);
  }
  get href() { return this.#url.href; }
  set href(v) {
    const url = this.#url;
    v = usvString(v);
    try {
      url.href = v;
    } catch (e) {
      throw isInvalidURL(e) ? invalidURL(v, undefined) : e;
    }
    if (this.#params !== null) setQuery(this.#params);
  }
  get origin() { return this.#url.origin; }
  get protocol() { return this.#url.protocol; }
  set protocol(v) { this.#url.protocol = usvString(v); }
  get username() { return this.#url.username; }
  set username(v) { this.#url.username = usvString(v); }
  get password() { return this.#url.password; }
  set password(v) { this.#url.password = usvString(v); }
  get host() { return this.#url.host; }
  set host(v) { this.#url.host = usvString(v); }
  get hostname() { return this.#url.hostname; }
  set hostname(v) { this.#url.hostname = usvString(v); }
  get port() { return this.#url.port; }
  set port(v) { this.#url.port = usvString(v); }
  get pathname() { return this.#url.pathname; }
  set pathname(v) { this.#url.pathname = usvString(v); }
  get search() { return this.#url.search; }
  set search(v) {
    this.#url.search = usvString(v);
    if (this.#params !== null) setQuery(this.#params);
  }
  get searchParams() {
    if (this.#params === null) this.#params = newQueryParams(this.#url);
    return this.#params;
  }
  get hash() { return this.#url.hash; }
  set hash(v) { this.#url.hash = usvString(v); }
  toString() { return this.#url.href; }
  toJSON() { return this.#url.href; }
}
makeInterface(URL, 'URL');

// ---- as Node shows them

put(URLSearchParams.prototype, inspectCustom, {__proto__: null, [inspectCustom](depth, options) {
  const list = paramsOf(this);
  let out = '', length = 0;
  if (depth < 0) return '[URLSearchParams]';
  for (let i = 0; i < list.length; i++) {
    const item = inspectWith(list[i].name, options) + ' => ' + inspectWith(list[i].value, options);
    length += item.length + 2;
    out += (i === 0 ? '' : ',\0') + item;
  }
  if (out === '') return 'URLSearchParams {}';
  const isLong = length > options.breakLength;
  const gap = isLong ? '\n  ' : ' ';
  let shown = 'URLSearchParams {' + gap, from = 0;
  for (let at = indexOf(out, '\0'); at >= 0; at = indexOf(out, '\0', from)) {
    shown += slice(out, from, at) + gap;
    from = at + 1;
  }
  return shown + slice(out, from) + ' }';
}}[inspectCustom]);

showMembers(URL, (v) => {
  const {href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams, hash} = v;
  return {href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams, hash};
});

globals.URL = URL;
globals.URLSearchParams = URLSearchParams;
