// expect: {"months": {"1": 1616.4, "2": 1633.8, "3": 1520.5}, "best": [{"product": "chair", "revenue": 1814.5},
//   {"product": "desk", "revenue": 1761}, {"product": "lamp", "revenue": 1195.2}], "last": {"$type": "date",
//   "value": "2025-03-30T00:00:00.000Z"}}
// tools: read_file
type Row = { date: Date; region: string; product: string; units: number; unitPrice: number };

const text: string = await tools.read_file({ path: 'sales.csv' });
const [header, ...lines] = text.trim().split(/\r?\n/);
const columns = header.split(',');

const rows = lines.map((line): Row => {
  const cells = line.split(',');
  const get = (name: string) => cells[columns.indexOf(name)];
  return {
    date: new Date(`${get('date')}T00:00:00Z`),
    region: get('region'),
    product: get('product'),
    units: Number.parseInt(get('units'), 10),
    unitPrice: Number.parseFloat(get('unit_price')),
  };
});

function groupBy<T, K extends string | number>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const out = new Map<K, T[]>();
  for (const item of items) {
    const k = key(item);
    (out.get(k) ?? out.set(k, []).get(k)!).push(item);
  }
  return out;
}

const revenue = (list: Row[]) => Number(list.reduce((s, r) => s + r.units * r.unitPrice, 0).toFixed(2));
const quarterMonths = groupBy(rows, (r) => r.date.getUTCMonth() + 1);
const byProduct = groupBy(rows, (r) => r.product);

const best = [...byProduct].map(([product, list]) => ({ product, revenue: revenue(list) }))
  .sort((a, b) => b.revenue - a.revenue);

return {
  months: Object.fromEntries([...quarterMonths].map(([m, list]) => [m, revenue(list)])),
  best,
  last: rows.at(-1)!.date,
};
