// expect: {"valid": 7, "tiers": ["gold", "silver", "bronze"], "problems": ["$[6].email: expected string, got null",
//   "$[3].tier: 'bronze' is none of gold|silver"]}
// tools: customers
type Check<T> = (value: unknown, path: string) => T;

const string: Check<string> = (v, path) => {
  if (typeof v !== 'string') throw new TypeError(`${path}: expected string, got ${v === null ? 'null' : typeof v}`);
  return v;
};
const nullable = <T>(inner: Check<T>): Check<T | null> => (v, path) => (v === null ? null : inner(v, path));
const oneOf = <const T extends readonly string[]>(...options: T): Check<T[number]> => (v, path) => {
  if (!options.includes(v as string)) throw new TypeError(`${path}: '${v}' is none of ${options.join('|')}`);
  return v as T[number];
};
const array = <T>(inner: Check<T>): Check<T[]> => (v, path) => {
  if (!Array.isArray(v)) throw new TypeError(`${path}: expected array`);
  return v.map((item, i) => inner(item, `${path}[${i}]`));
};
const object = <S extends Record<string, Check<any>>>(shape: S): Check<{ [K in keyof S]: ReturnType<S[K]> }> => (v, path) => {
  if (typeof v !== 'object' || v === null) throw new TypeError(`${path}: expected object`);
  const out = {} as { [K in keyof S]: ReturnType<S[K]> };
  for (const key of Object.keys(shape) as (keyof S & string)[]) {
    out[key] = shape[key]((v as Record<string, unknown>)[key], `${path}.${key}`);
  }
  return out;
};

const Customer = object({ id: string, name: string, email: nullable(string), tier: oneOf('gold', 'silver', 'bronze') });
type Customer = ReturnType<typeof Customer>;

const raw: unknown = await tools.customers({});
const customers: Customer[] = array(Customer)(raw, '$');

const problems: string[] = [];
for (const check of [array(object({ email: string })), array(object({ tier: oneOf('gold', 'silver') }))]) {
  try {
    check(raw, '$');
  } catch (e) {
    problems.push((e as TypeError).message);
  }
}
return { valid: customers.length, tiers: [...new Set(customers.map((c) => c.tier))], problems };
