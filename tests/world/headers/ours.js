// ours: Node 20 iterates over a copy, and is no sandbox
const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
T('deleted while iterated', () => { const h = new Headers({a: 1, b: 2, c: 3}), out = []; for (const [k] of h) { out.push(k); h.delete(k); } return [out, [...h]]; });
T('added while iterated', () => { const h = new Headers({a: 1, c: 3}), out = []; for (const [k] of h) { out.push(k); h.set('b', 2); } return out; });
T('a name that is asked for once', () => { let n = 0; const h = new Headers(); h.append({toString() { n++; return 'a'; }}, 1); return [n, h.get('a')]; });
T('tag of the iterator', () => Object.prototype.toString.call(new Headers().keys()));
T('evil init', () => new Headers(new Proxy({}, {ownKeys() { throw new RangeError('mine'); }})).get('a'));
T('1 MiB', () => { const h = new Headers({a: 'x'.repeat(1 << 20)}); h.append('a', 'y'); return h.get('a').length; });
T('20000 names', () => { const h = new Headers(); for (let i = 0; i < 20000; i++) h.append('k' + i, 'v'); return [...h].length; });
Map.prototype.get = Map.prototype.set = Map.prototype.forEach = RegExp.prototype.exec = String.prototype.toLowerCase = Array.prototype.push = () => { throw new Error('called'); };
Object.defineProperty(Array.prototype, '0', {set() { throw new Error('0 set'); }, configurable: true});
Object.prototype['content-type'] = Object.prototype['X'] = 'inherited';
const h = new Headers({'Content-Type': 'a', X: 'b'});
h.append('set-cookie', 'c');
console.log(h.get('content-type'), h.has('y'), h.getSetCookie()[0], h);
