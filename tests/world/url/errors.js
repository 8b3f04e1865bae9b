const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
for (const args of [[''], ['x'], ['http://'], ['x', 'y'], ['http://a:b']]) {
  try { new URL(...args); } catch (e) { console.log(args, e.name, e instanceof TypeError, e.code, e.input, e.message); }
}
try { new URL('http://a').href = 'zz'; } catch (e) { console.log(e.name, e.code); }
T('no argument', () => new URL());
T('call', () => URL('http://a'));
T('call params', () => URLSearchParams(''));
T('canParse', () => [URL.canParse('x:'), URL.canParse('/a'), URL.canParse('/a', 'http://b'), URL.canParse('/a', 'b'), URL.canParse('http://a', undefined)]);
T('canParse without', () => URL.canParse());
T('wrong this', () => URL.prototype.href);
T('wrong this again', () => URLSearchParams.prototype.get.call({}, 'a'));
T('to string throws', () => new URL({toString() { throw new RangeError('mine'); }}));
T('to string is asked once', () => { let n = 0; new URL({toString() { n++; return 'a:b'; }}); return n; });
T('a symbol', () => new URL(Symbol()));
T('tags', () => [URL, URLSearchParams].map((C) => [C.name, C.length, Object.prototype.toString.call(C.prototype)]));
T('global', () => ['URL', 'URLSearchParams'].map((n) => Object.getOwnPropertyDescriptor(globalThis, n).enumerable));
T('members are enumerable', () => Object.getOwnPropertyDescriptor(URL.prototype, 'href').enumerable && URLSearchParams.propertyIsEnumerable('prototype') === false);
T('sub-class', () => { class Mine extends URL { get twice() { return this.href + this.href; } } const m = new Mine('x:y'); return [m.twice, m instanceof URL, m.constructor.name]; });
T('entries is the iterator', () => URLSearchParams.prototype[Symbol.iterator] === URLSearchParams.prototype.entries);
