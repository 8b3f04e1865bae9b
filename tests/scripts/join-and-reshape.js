// expect: {"flat": [{"order": 1, "customer": "Bob", "product": "x", "amount": 20}, {"order": 1, "customer": "Bob",
//   "product": "y", "amount": 2.5}, {"order": 2, "customer": "Ada", "product": "y", "amount": 12.5}],
//   "totals": {"$type": "map", "entries": [["Bob", 22.5], ["Ada", 12.5]]}, "empty": [{"id": 3, "customerId": "c9",
//   "lines": [], "customer": {"$type": "undefined"}}], "vip": ["c2"]}
const orders = [
  { id: 1, customerId: 'c2', lines: [{ p: 'x', n: 2 }, { p: 'y', n: 1 }] },
  { id: 2, customerId: 'c1', lines: [{ p: 'y', n: 5 }] },
  { id: 3, customerId: 'c9', lines: [] },
];
const customers = { c1: { name: 'Ada' }, c2: { name: 'Bob', vip: true } };
const prices = new Map([['x', 10], ['y', 2.5]]);

const flat = orders.flatMap(({ id, customerId, lines }) =>
  lines.map(({ p, n }) => ({
    order: id,
    customer: customers[customerId]?.name ?? 'unknown',
    product: p,
    amount: n * (prices.get(p) ?? NaN),
  })),
);

const totals = flat.reduce((m, { customer, amount }) => m.set(customer, (m.get(customer) || 0) + amount), new Map());
const empty = orders.filter((o) => !o.lines.length).map((o) => ({ ...o, customer: customers[o.customerId]?.name }));

({ flat, totals, empty, vip: Object.keys(customers).filter((k) => customers[k].vip) });
