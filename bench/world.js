// What bench/world.py measures, the same text on both sides: `runCase(name, n)` does a case n times.
const encoder = new TextEncoder(), decoder = new TextDecoder();
const text1k = 'héllo wörld, '.repeat(68).slice(0, 900), text100k = 'héllo wörld, '.repeat(6800).slice(0, 90000);
const bytes1k = encoder.encode(text1k), bytes100k = encoder.encode(text100k);
const data1k = new Uint8Array(1024).map((_, i) => i * 7), data1m = new Uint8Array(1 << 20);
const medium = {id: 1, name: 'x', tags: ['a', 'b', 'c'], nested: {a: {b: {c: [1, 2, 3, {d: 4}]}}}, date: new Date(0), list: []};
for (let i = 0; i < 50; i++) medium.list.push({i, s: 'item ' + i, f: i / 3, on: i % 2 === 0, p: {x: i, y: -i}});
const cases = {
  'url': [3000, () => new URL('https://user:pw@example.com:8080/a/b/../c?x=1&y=2#frag').href],
  'url-relative': [3000, () => new URL('../x/y?z=%20', 'https://example.com/a/b/c').href],
  'url-unicode': [3000, () => new URL('https://bücher.example/ä').href],
  'search-params': [2000, () => {
    const params = new URLSearchParams('a=1&b=2&c=3&d=hello+world');
    params.append('e', '5');
    return params.get('d') + params.toString();
  }],
  'encode-1KiB': [2000, () => encoder.encode(text1k).length],
  'encode-100KiB': [30, () => encoder.encode(text100k).length],
  'decode-1KiB': [2000, () => decoder.decode(bytes1k).length],
  'decode-100KiB': [30, () => decoder.decode(bytes100k).length],
  'clone': [100, () => structuredClone(medium).list.length],
  'clone-small': [3000, () => structuredClone({a: 1, b: [1, 2, 3]}).a],
  'sha256-1KiB': [1500, () => crypto.subtle.digest('SHA-256', data1k)],
  'sha256-1MiB': [4, () => crypto.subtle.digest('SHA-256', data1m)],
  'headers': [1000, () => {
    const headers = new Headers({'Content-Type': 'text/html', Accept: '*/*'});
    headers.append('X-A', '1');
    let out = '';
    for (const [name, value] of headers) out += name + value;
    return out + headers.get('accept');
  }],
  'random': [3000, () => crypto.getRandomValues(new Uint8Array(16)).length],
};
const caseNames = Object.keys(cases);
function runCase(name, n) {
  const f = cases[name][1];
  let last;
  for (let i = 0; i < n; i++) last = f();
  return typeof last === 'object' ? 0 : last;
}
