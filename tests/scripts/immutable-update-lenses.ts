// expect: {"changes": [["user.address.city"], ["cart.1.qty"], ["flags.beta"]], "shared": true, "original": "Berlin",
//   "last": ["Lima", 5, true]}
type Path<T> = T extends object ? { [K in keyof T & string]: K | `${K}.${Path<T[K]>}` }[keyof T & string] : never;

function update<T extends object>(source: T, path: string, change: (old: any) => unknown): T {
  const [key, ...rest] = path.split('.');
  const copy: any = Array.isArray(source) ? [...source] : { ...source };
  copy[key] = rest.length ? update(copy[key] ?? {}, rest.join('.'), change) : change(copy[key]);
  return copy;
}

function diffPaths(a: unknown, b: unknown, at = ''): string[] {
  if (Object.is(a, b)) return [];
  const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;
  if (!isObject(a) || !isObject(b)) return [at];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => diffPaths(a[k], b[k], at ? `${at}.${k}` : k));
}

const state = {
  user: { name: 'Ada', address: { city: 'Berlin', zip: '10115' } },
  cart: [{ sku: 'KB-01', qty: 1 }, { sku: 'MS-02', qty: 2 }],
  flags: { beta: false },
};
const paths: Path<typeof state>[] = ['user.address.city', 'flags.beta'];

const history = [state];
const apply = (path: string, change: (old: any) => unknown) => history.push(update(history.at(-1)!, path, change));
apply(paths[0], () => 'Lima');
apply('cart.1.qty', (n: number) => n + 3);
apply(paths[1], (b: boolean) => !b);

const last = history.at(-1)!;
({
  changes: history.slice(1).map((next, i) => diffPaths(history[i], next)),
  shared: last.cart[0] === state.cart[0] && last.user.address !== state.user.address,
  original: state.user.address.city,
  last: [last.user.address.city, last.cart[1].qty, last.flags.beta],
})
