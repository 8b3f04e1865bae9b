// expect: {"type": "table", "leaves": ["a", 1, "b", 2], "less": true}
const identity = <T,>(value: T): T => value;
const pair = <A extends string, B>(a: A, b: B) => [a, b] as const;

const rows: (readonly [string, number])[] = [pair('a', 1), pair('b', identity<number>(2))];
const view = (
  <table>
    <>
      {rows.map(([k, v]) => <tr key={k}><td>{k}</td><td>{v}</td></tr>)}
    </>
  </table>
);

// text of all leaves, whatever a fragment is
const leaves = (node: any): unknown[] =>
  Array.isArray(node) ? node.flatMap(leaves) : typeof node === 'object' && node !== null ? leaves(node.children) : [node];
const total = rows.reduce((n, [, v]) => n + v, 0);
({ type: view.type, leaves: leaves(view), less: 1 < total && total > 2 });
