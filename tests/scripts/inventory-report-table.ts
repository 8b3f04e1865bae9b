// expect: 7
// output: ["Product             | Stock |   Value\n--------------------+-------+--------\nWireless mouse      |   120 | 2998.80\nHDMI cable 2 m      |   400 | 2900.00\n27 inch monitor     |     6 | 1794.00\nOffice chair        |     3 | 1365.00\nMechanical keyboard |    14 | 1253.00\nDesk lamp           |    22 |  844.80\nHeadset             |     9 |  648.00"]
// tools: products
interface Product { sku: string; name: string; price: number; stock: number }
type Align = 'left' | 'right';
interface Column<T> { title: string; value: (row: T) => string; align?: Align }

function renderTable<T>(rows: readonly T[], columns: Column<T>[]): string {
  const cells = rows.map((row) => columns.map((c) => c.value(row)));
  const widths = columns.map((c, i) => Math.max(c.title.length, ...cells.map((line) => line[i].length)));
  const pad = (text: string, i: number) =>
    columns[i].align === 'right' ? text.padStart(widths[i]) : text.padEnd(widths[i]);
  const line = (parts: string[]) => parts.map(pad).join(' | ').trimEnd();
  const rule = widths.map((w) => '-'.repeat(w)).join('-+-');
  return [line(columns.map((c) => c.title)), rule, ...cells.map(line)].join('\n');
}

const products: Product[] = await tools.products({});
const value = ({ price, stock }: Product) => price * stock;
const rows = products.filter((p) => value(p) > 500).sort((a, b) => value(b) - value(a));

const table = renderTable(rows, [
  { title: 'Product', value: (p) => p.name },
  { title: 'Stock', value: (p) => String(p.stock), align: 'right' },
  { title: 'Value', value: (p) => value(p).toFixed(2), align: 'right' },
]);
console.log(table);
rows.length;
