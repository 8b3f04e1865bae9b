// expect: {"picked": {"host": "localhost", "port": 8443}, "tls": {"on": true, "versions": ["1.3"]}, "untouched": false,
//   "one": 42, "many": [1, 2, 3]}
// output: ["<42>"]
interface Box<T> { readonly value: T; map<U>(fn: (value: T) => U): Box<U> }
function box<T>(value: T): Box<T> {
  return { value, map: (fn) => box(fn(value)) };
}

function pick<T extends object, K extends keyof T>(source: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((k) => [k, source[k]])) as Pick<T, K>;
}

function parse(input: string): number;
function parse(input: string[], separator: string): number[];
function parse(input: string | string[], separator?: string): number | number[] {
  if (Array.isArray(input)) return input.flatMap((s) => s.split(separator!).map(Number));
  return Number(input);
}

type DeepPartial<T> = { [K in keyof T]?: T[K] extends object ? DeepPartial<T[K]> : T[K] };
function merge<T extends object>(base: T, patch: DeepPartial<T>): T {
  const out: any = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const old = out[key];
    out[key] = typeof value === 'object' && value !== null && !Array.isArray(value) && typeof old === 'object'
      ? merge(old, value as object)
      : value;
  }
  return out;
}

const defaults = { server: { host: 'localhost', port: 80, tls: { on: false, versions: ['1.2'] } }, debug: false };
const config = merge(defaults, { server: { port: 8443, tls: { on: true, versions: ['1.3'] } } });

console.log(box(21).map((n) => n * 2).map((n) => `<${n}>`).value);
return { picked: pick(config.server, 'host', 'port'), tls: config.server.tls, untouched: defaults.server.tls.on, one: parse('42'), many: parse(['1,2', '3'], ',') };
