const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const H = Headers;
const all = (h) => [...h];
T('from record', () => all(new H({'X-B': '1', a: 2, 'Content-Type': ' text/html\t'})));
T('from pairs', () => all(new H([['b', '1'], ['A', '2'], ['B', '3']])));
T('from Headers', () => { const h = new H({a: 1}), g = new H(h); h.append('a', 2); return [all(h), all(g)]; });
T('from Map', () => all(new H(new Map([['x', 'y']]))));
T('from nothing', () => [all(new H()), all(new H(undefined)), all(new H({})), all(new H([]))]);
T('from primitives', () => [null, 1, 'x', true].map((v) => { try { return all(new H(v)); } catch (e) { return e.name; } }));
T('from bad pairs', () => [[['a']], [['a', 'b', 'c']], ['ab', 1], [1]].map((v) => { try { return all(new H(v)); } catch (e) { return e.name; } }));
T('symbol key', () => all(new H({[Symbol()]: 1})));
T('order', () => all(new H({c: 1, b: 2, a: 3, 'a-b': 4, A1: 5, '!x': 6})));
T('append joins', () => { const h = new H(); h.append('a', '1'); h.append('A', ' 2 '); h.append('a', ''); return h.get('a'); });
T('set replaces', () => { const h = new H({a: 1}); h.append('a', 2); h.set('A', 3); return all(h); });
T('get', () => { const h = new H({a: ''}); return [h.get('A'), h.get('b'), h.has('A'), h.has('b')]; });
T('delete', () => { const h = new H({a: 1, b: 2}); h.delete('A'); h.delete('zz'); return all(h); });
for (const name of ['', ' a', 'a b', 'a:', 'ü', 'a\n', '"', '(', 'a\0', '\u0100', '€', '[', '!#$%&\'*+-.^_`|~09azAZ'])
  T('name ' + JSON.stringify(name), () => { const h = new H(); h.append(name, 'v'); return all(h); });
for (const value of ['a\nb', 'a\rb', 'a\0b', '\na\n', '\r\n x \t', 'ÿ', 'Ā', 'a\u000bb', 'a\tb', '', ' ', 'x'.repeat(50), null, undefined, 12])
  T('value ' + JSON.stringify(value), () => { const h = new H(); h.append('a', value); return h.get('a'); });
for (const method of ['get', 'has', 'delete']) T('bad name for ' + method, () => new H()[method]('a b'));
T('bad name for set', () => new H().set('a b', '1'));
T('missing arguments', () => ['append', 'delete', 'get', 'has', 'set', 'forEach'].map((m) => { try { new H()[m](); return 'fine'; } catch (e) { return e.name; } }));
T('one argument for set', () => new H().set('a'));
T('set-cookie', () => { const h = new H(); h.append('Set-Cookie', 'a=1'); h.append('b', 'x'); h.append('set-cookie', 'b=2, c'); return [all(h), h.get('set-cookie'), h.getSetCookie()]; });
T('set-cookie of pairs', () => new H([['set-cookie', 'a'], ['SET-COOKIE', 'b']]).getSetCookie());
T('set of set-cookie', () => { const h = new H([['set-cookie', 'a'], ['set-cookie', 'b']]); h.set('set-cookie', 'c'); return [h.getSetCookie(), all(h)]; });
T('no set-cookie', () => new H({a: 1}).getSetCookie());
T('delete set-cookie', () => { const h = new H({'set-cookie': 'a'}); h.delete('Set-Cookie'); return h.getSetCookie(); });
T('keys, values, entries', () => { const h = new H({b: 1, a: 2}); return [[...h.keys()], [...h.values()], [...h.entries()]]; });
T('forEach', () => { const out = []; new H({b: 1, a: 2}).forEach(function (v, k, h) { out.push(this.x, v, k, h instanceof H); }, {x: 1}); return out; });
T('forEach of no function', () => new H({a: 1}).forEach(1));
T('iterator', () => { const i = new H({a: 1}).entries(); return [i[Symbol.iterator]() === i, i.next(), i.next().done, typeof i.next]; });
T('entries is the iterator', () => H.prototype[Symbol.iterator] === H.prototype.entries);
T('tag', () => [Object.prototype.toString.call(new H()), H.name, H.length]);
T('wrong this', () => H.prototype.get.call({}, 'a'));
T('call', () => H());
T('many', () => { const h = new H(); for (let i = 0; i < 500; i++) h.append('k' + (i * 7919) % 500, i); const names = [...h.keys()]; return [names.length, names.join() === [...names].sort().join()]; });
T('enumerable', () => [Object.keys(globalThis).includes('Headers'), H.prototype.propertyIsEnumerable('get'), H.prototype.propertyIsEnumerable('constructor')]);
T('sub-class', () => { class Mine extends H { get all() { return [...this]; } } return new Mine({b: 1}).all; });
