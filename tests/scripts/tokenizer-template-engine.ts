// expect: ["Dear ADA,\n0: lamp at 38.40\n1: desk at 199.00\nThank you, friend! [a/b]", "unknown filter 'nope'"]
type Scope = Record<string, unknown>;
type Filter = (value: unknown, ...args: string[]) => unknown;

const filters: Record<string, Filter> = {
  upper: (v) => String(v).toUpperCase(),
  default: (v, other) => (v === undefined || v === '' ? other : v),
  join: (v, sep = ', ') => (v as unknown[]).join(sep),
  fixed: (v, n = '2') => Number(v).toFixed(Number(n)),
};

function lookup(path: string, scope: Scope): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Scope | undefined)?.[key], scope);
}

function evaluate(expression: string, scope: Scope): unknown {
  const [path, ...pipes] = expression.split('|').map((part) => part.trim());
  return pipes.reduce<unknown>((value, pipe) => {
    const [name, ...args] = pipe.match(/"[^"]*"|[^\s:]+/g)!.map((a) => a.replace(/^"|"$/g, ''));
    const filter = filters[name];
    if (!filter) throw new Error(`unknown filter '${name}'`);
    return filter(value, ...args);
  }, lookup(path, scope));
}

function render(template: string, scope: Scope): string {
  const block = /\{%\s*(each|if)\s+(\S+)(?:\s+as\s+(\w+))?\s*%\}([\s\S]*?)\{%\s*end\1\s*%\}/g;
  return template
    .replace(block, (_, kind: 'each' | 'if', path: string, name: string | undefined, inner: string) => {
      const value = lookup(path, scope);
      if (kind === 'if') return value ? render(inner, scope) : '';
      return (value as unknown[]).map((item, index) => render(inner, { ...scope, [name ?? 'item']: item, index })).join('');
    })
    .replace(/\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => String(evaluate(expression, scope)));
}

const text = render(
  'Dear {{ user.name | upper }},\n{% each lines as line %}{{ index }}: {{ line.what }} at {{ line.price | fixed }}\n{% endeach %}' +
    '{% if vip %}Thank you, {{ user.title | default: "friend" }}!{% endif %}{% if never %}no{% endif %} [{{ tags | join: "/" }}]',
  { user: { name: 'Ada' }, vip: true, tags: ['a', 'b'], lines: [{ what: 'lamp', price: 38.4 }, { what: 'desk', price: 199 }] },
);

let error: string;
try {
  error = render('{{ x | nope }}', {});
} catch (e) {
  error = e instanceof Error ? e.message : String(e);
}
return [text, error];
