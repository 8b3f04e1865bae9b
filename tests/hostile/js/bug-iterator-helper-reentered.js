// status: ok
// value: [1,1,1,1,3]
// why: quickjs-ng issue 705: iterator helpers that are advanced and closed from within their own callbacks
const seen = [];
for (const name of ['map', 'filter', 'flatMap', 'take', 'drop']) {
  let helper;
  const source = { __proto__: Iterator.prototype, n: 0, next() { if (this.n++ < 3) { try { helper.next(); } catch {} try { helper.return(); } catch {} } return { value: this.n, done: this.n > 9 }; }, return() { return {}; } };
  helper = source[name](name === 'take' || name === 'drop' ? 2 : x => name === 'flatMap' ? [x] : x);
  try { seen.push(helper.next().value ?? null); } catch (e) { seen.push(e.name); }
}
seen;
