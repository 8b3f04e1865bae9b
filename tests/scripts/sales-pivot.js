// expect: [["product", "east", "north", "south", "total"], ["chair", 1, 2, 1, 4], ["desk", 3, 4, 2, 9], ["lamp", 9, 16,
//   7, 32]]
// output: ["product\teast\tnorth\tsouth\ttotal\nchair\t1\t2\t1\t4\ndesk\t3\t4\t2\t9\nlamp\t9\t16\t7\t32"]
// tools: read_file
const csv = await tools.read_file({ path: 'sales.csv' });
const [head, ...rows] = csv.trim().split('\n').map((line) => line.split(','));
const records = rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));

const pivot = {};
const regions = new Set();
for (const { region, product, units } of records) {
  regions.add(region);
  pivot[product] ??= {};
  pivot[product][region] = (pivot[product][region] ?? 0) + Number(units);
}

const columns = [...regions].sort();
const table = [
  ['product', ...columns, 'total'],
  ...Object.keys(pivot).sort().map((product) => {
    const cells = columns.map((region) => pivot[product][region] ?? 0);
    return [product, ...cells, cells.reduce((a, b) => a + b, 0)];
  }),
];
console.log(table.map((row) => row.join('\t')).join('\n'));
return table;
