// expect: undefined
// output: ["## How it works\n\nThere are 3 **steps**, see [the docs](/docs?x=1&y=2).\n\n1. fetch\n2. parse\n3. report"]
const rules = {
  h: (props, inner) => `${'#'.repeat(props.level)} ${inner}\n\n`,
  p: (_, inner) => `${inner}\n\n`,
  b: (_, inner) => `**${inner}**`,
  a: ({ href }, inner) => `[${inner}](${href})`,
  list: ({ ordered }, _, children) => children.flat().map((c, i) => `${ordered ? `${i + 1}.` : '-'} ${print(c)}\n`).join('') + '\n',
  item: (_, inner) => inner,
  doc: (_, inner) => inner.trimEnd(),
};

function print(node) {
  if (node === null || node === undefined || node === false) return '';
  if (Array.isArray(node)) return node.map(print).join('');
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  return rules[node.type](node.props ?? {}, node.children.map(print).join(''), node.children);
}

const steps = ['fetch', 'parse', 'report'];
console.log(print(
  <doc>
    <h level={2}>How it works</h>
    <p>There are {steps.length} <b>steps</b>, see <a href="/docs?x=1&amp;y=2">the docs</a>.</p>
    <list ordered>{steps.map((s) => <item>{s}</item>)}</list>
    {false && <p>never</p>}
  </doc>,
));
