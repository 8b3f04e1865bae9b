// expect: {"bits": 114, "plain": 296, "bytes": {"$type": "bytes", "class": "Uint8Array",
//   "base64": "Tu6R7h6dI+lfY7uHpuGA"}, "ok": true, "shortest": 2}
interface Leaf { kind: 'leaf'; symbol: string; weight: number }
interface Branch { kind: 'branch'; left: Tree; right: Tree; weight: number }
type Tree = Leaf | Branch;

function build(text: string): Tree {
  const counts = [...text].reduce((m, c) => m.set(c, (m.get(c) ?? 0) + 1), new Map<string, number>());
  const forest: Tree[] = [...counts].map(([symbol, weight]) => ({ kind: 'leaf', symbol, weight }));
  const order = (a: Tree, b: Tree) => a.weight - b.weight;
  while (forest.length > 1) {
    forest.sort(order);
    const [left, right] = forest.splice(0, 2);
    forest.push({ kind: 'branch', left, right, weight: left.weight + right.weight });
  }
  return forest[0];
}

function codes(tree: Tree, prefix = ''): Map<string, string> {
  if (tree.kind === 'leaf') return new Map([[tree.symbol, prefix || '0']]);
  return new Map([...codes(tree.left, prefix + '0'), ...codes(tree.right, prefix + '1')]);
}

function decode(bits: Iterable<string>, tree: Tree): string {
  let out = '';
  let node: Tree = tree;
  for (const bit of bits) {
    if (node.kind === 'branch') node = bit === '0' ? node.left : node.right;
    if (node.kind === 'leaf') {
      out += node.symbol;
      node = tree;
    }
  }
  return out;
}

const text = 'she sells sea shells by the sea shore';
const tree = build(text);
const table = codes(tree);
const bits = [...text].map((c) => table.get(c)!).join('');

const bytes = new Uint8Array(Math.ceil(bits.length / 8));
for (let i = 0; i < bits.length; i++) if (bits[i] === '1') bytes[i >> 3] |= 0x80 >> (i & 7);

({ bits: bits.length, plain: text.length * 8, bytes, ok: decode(bits, tree) === text, shortest: Math.min(...[...table.values()].map((c) => c.length)) });
