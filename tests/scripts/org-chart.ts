// expect: {"depth": 4, "payroll": 974000, "perBranch": [{"head": "Nils", "cost": 477000}, {"head": "Olga",
//   "cost": 307000}]}
// output: ["Mara\n  Nils\n    Piet\n      Sven\n      Tess\n    Quyn\n  Olga\n    Rosa\n      Vera\n    Umar"]
// tools: employees
interface Employee { id: number; name: string; manager: number | null; team: string; salary: number }
interface TreeNode extends Employee { reports: TreeNode[] }

const staff: Employee[] = await tools.employees({});

function buildTree(list: Employee[]): TreeNode {
  const nodes = new Map<number, TreeNode>(list.map((e) => [e.id, { ...e, reports: [] }]));
  let root: TreeNode | undefined;
  for (const node of nodes.values()) {
    if (node.manager === null) root = node;
    else nodes.get(node.manager)!.reports.push(node);
  }
  if (!root) throw new Error('nobody is at the top');
  return root;
}

const render = (node: TreeNode, depth = 0): string[] => [
  `${'  '.repeat(depth)}${node.name}`,
  ...node.reports.flatMap((child) => render(child, depth + 1)),
];

const cost = (node: TreeNode): number => node.salary + node.reports.reduce((sum, r) => sum + cost(r), 0);
const depthOf = (node: TreeNode): number => 1 + Math.max(0, ...node.reports.map(depthOf));

const root = buildTree(staff);
console.log(render(root).join('\n'));
return {
  depth: depthOf(root),
  payroll: cost(root),
  perBranch: root.reports.map((r) => ({ head: r.name, cost: cost(r) })),
};
