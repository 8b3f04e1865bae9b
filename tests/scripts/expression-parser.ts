// expect: [7, 9, -4, 512, 3, 3, "SyntaxError: unexpected end", "SyntaxError: unexpected '$' at 1",
//   "ReferenceError: no variable y", "SyntaxError: ')' is missing"]
type Token = { type: 'num'; value: number } | { type: 'op'; value: string } | { type: 'ident'; value: string };
type Expr =
  | { kind: 'num'; value: number }
  | { kind: 'var'; name: string }
  | { kind: 'unary'; op: '-'; arg: Expr }
  | { kind: 'binary'; op: string; left: Expr; right: Expr }
  | { kind: 'call'; name: string; args: Expr[] };

function tokenize(src: string): Token[] {
  const tokens: Token[] = [];
  const re = /\s*(?:(?<num>\d+(?:\.\d+)?)|(?<ident>[a-z_]\w*)|(?<op>[-+*/^(),]))/iy;
  while (re.lastIndex < src.length) {
    const at = re.lastIndex;
    const m = re.exec(src);
    if (!m?.groups) throw new SyntaxError(`unexpected '${src.slice(at).trim()[0]}' at ${at}`);
    const { num, ident, op } = m.groups;
    if (num !== undefined) tokens.push({ type: 'num', value: parseFloat(num) });
    else if (ident !== undefined) tokens.push({ type: 'ident', value: ident });
    else tokens.push({ type: 'op', value: op });
  }
  return tokens;
}

class Parser {
  private pos = 0;
  private static readonly power: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Expr {
    const e = this.expression(0);
    if (this.pos < this.tokens.length) throw new SyntaxError(`trailing '${this.tokens[this.pos].value}'`);
    return e;
  }

  private accept(op: string): boolean {
    const t = this.tokens[this.pos];
    if (t?.type !== 'op' || t.value !== op) return false;
    this.pos++;
    return true;
  }

  private expression(min: number): Expr {
    let left = this.prefix();
    for (;;) {
      const t = this.tokens[this.pos];
      const power = t?.type === 'op' ? Parser.power[t.value] : undefined;
      if (power === undefined || power <= min) return left;
      this.pos++;
      const right = this.expression(t.value === '^' ? power - 1 : power);
      left = { kind: 'binary', op: t.value as string, left, right };
    }
  }

  private prefix(): Expr {
    if (this.accept('-')) return { kind: 'unary', op: '-', arg: this.expression(3) };
    if (this.accept('(')) {
      const e = this.expression(0);
      if (!this.accept(')')) throw new SyntaxError("')' is missing");
      return e;
    }
    const t = this.tokens[this.pos++];
    if (t?.type === 'num') return { kind: 'num', value: t.value };
    if (t?.type === 'ident') {
      if (!this.accept('(')) return { kind: 'var', name: t.value };
      const args: Expr[] = [];
      if (!this.accept(')')) {
        do args.push(this.expression(0)); while (this.accept(','));
        if (!this.accept(')')) throw new SyntaxError("')' is missing");
      }
      return { kind: 'call', name: t.value, args };
    }
    throw new SyntaxError(t ? `unexpected '${t.value}'` : 'unexpected end');
  }
}

const functions: Record<string, (...args: number[]) => number> = { max: Math.max, min: Math.min, sqrt: Math.sqrt };

function evaluate(e: Expr, env: Record<string, number>): number {
  switch (e.kind) {
    case 'num': return e.value;
    case 'var': if (!(e.name in env)) throw new ReferenceError(`no variable ${e.name}`); return env[e.name];
    case 'unary': return -evaluate(e.arg, env);
    case 'call': return functions[e.name](...e.args.map((a) => evaluate(a, env)));
    case 'binary': {
      const [l, r] = [evaluate(e.left, env), evaluate(e.right, env)];
      return e.op === '+' ? l + r : e.op === '-' ? l - r : e.op === '*' ? l * r : e.op === '/' ? l / r : l ** r;
    }
  }
}

const inputs = ['1 + 2 * 3', '(1 + 2) * 3', '-2 ^ 2', '2 ^ 3 ^ 2', '10 - 4 - 3', 'max(x, 2, sqrt(81)) / 3', '2 *', '1 $ 2', 'y + 1', '(1'];
return inputs.map((src) => {
  try {
    return evaluate(new Parser(tokenize(src)).parse(), { x: 5 });
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message}`;
  }
});
