// expect: {"result": [3628800, [1, 5, 55, 610], 6, "text", null], "failures": ["ReferenceError: unbound: foo",
//   "TypeError: not a function", "SyntaxError: unexpected end", "SyntaxError: unexpected ')'"]}
type Value = number | string | boolean | null | Value[] | Fn | Sym;
type Fn = (...args: Value[]) => Value;
class Sym {
  private static table = new Map<string, Sym>();
  private constructor(readonly name: string) {}
  static of(name: string): Sym {
    let s = Sym.table.get(name);
    if (!s) Sym.table.set(name, (s = new Sym(name)));
    return s;
  }
}

function read(source: string): Value[] {
  const tokens = source.match(/"(?:[^"\\]|\\.)*"|[()']|[^\s()']+/g) ?? [];
  let i = 0;
  const next = (): Value => {
    const t = tokens[i++];
    if (t === undefined) throw new SyntaxError('unexpected end');
    if (t === "'") return [Sym.of('quote'), next()];
    if (t === '(') {
      const list: Value[] = [];
      while (tokens[i] !== ')') list.push(next());
      i++;
      return list;
    }
    if (t === ')') throw new SyntaxError("unexpected ')'");
    if (t[0] === '"') return t.slice(1, -1);
    if (t === '#t' || t === '#f') return t === '#t';
    const n = Number(t);
    return Number.isNaN(n) ? Sym.of(t) : n;
  };
  const forms: Value[] = [];
  while (i < tokens.length) forms.push(next());
  return forms;
}

class Env {
  private vars = new Map<string, Value>();
  constructor(private parent?: Env) {}
  get(name: string): Value {
    if (this.vars.has(name)) return this.vars.get(name)!;
    if (!this.parent) throw new ReferenceError(`unbound: ${name}`);
    return this.parent.get(name);
  }
  define(name: string, value: Value) {
    this.vars.set(name, value);
    return this;
  }
}

function evaluate(x: Value, env: Env): Value {
  if (x instanceof Sym) return env.get(x.name);
  if (!Array.isArray(x)) return x;
  const [head, ...rest] = x;
  if (head instanceof Sym) {
    switch (head.name) {
      case 'quote': return rest[0];
      case 'if': return evaluate(evaluate(rest[0], env) !== false ? rest[1] : rest[2] ?? null, env);
      case 'define': return env.define((rest[0] as Sym).name, evaluate(rest[1], env)), null;
      case 'let': {
        const inner = new Env(env);
        for (const [name, init] of rest[0] as [Sym, Value][]) inner.define(name.name, evaluate(init, env));
        return rest.slice(1).reduce<Value>((_, form) => evaluate(form, inner), null);
      }
      case 'lambda': return (...args) => {
        const inner = new Env(env);
        (rest[0] as Sym[]).forEach((p, i) => inner.define(p.name, args[i]));
        return rest.slice(1).reduce<Value>((_, form) => evaluate(form, inner), null);
      };
    }
  }
  const fn = evaluate(head, env);
  if (typeof fn !== 'function') throw new TypeError('not a function');
  return fn(...rest.map((arg) => evaluate(arg, env)));
}

const numeric = (f: (a: number, b: number) => Value): Fn => (a, b) => f(a as number, b as number);
const global = new Env()
  .define('+', (...xs) => (xs as number[]).reduce((a, b) => a + b, 0))
  .define('*', (...xs) => (xs as number[]).reduce((a, b) => a * b, 1))
  .define('-', numeric((a, b) => a - b))
  .define('<', numeric((a, b) => a < b))
  .define('=', numeric((a, b) => a === b))
  .define('list', (...xs) => xs)
  .define('map', (f, xs) => (xs as Value[]).map((v) => (f as Fn)(v)));

const program = `
  (define fact (lambda (n) (if (= n 0) 1 (* n (fact (- n 1))))))
  (define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
  (list (fact 10) (map fib '(1 5 10 15)) (let ((x 2) (y 3)) (* x y)) "text" (if #f 1))
`;
const run = (source: string): Value => read(source).reduce<Value>((_, form) => evaluate(form, global), null);
const failures = ['(foo)', '(1 2)', '(list 1', ')'].map((src) => {
  try {
    return run(src);
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message}`;
  }
});
return { result: run(program), failures };
