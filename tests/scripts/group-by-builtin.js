// expect: {"statuses": ["paid", "cancelled", "open", "refunded"], "months": [[1, 3], [2, 5], [3, 6]], "both": ["eve",
//   "ada"], "either": 8, "onlyOpen": ["hal", "zoe"], "apart": true}
// node: 22
// tools: orders
const orders = await tools.orders({});
const byStatus = Object.groupBy(orders, (order) => order.status);
const byMonth = Map.groupBy(orders, ({ date }) => Number(date.slice(5, 7)));

const paid = new Set(byStatus.paid.map((o) => o.customer));
const open = new Set(byStatus.open.map((o) => o.customer));

({
  statuses: Object.keys(byStatus),
  months: [...byMonth].map(([month, list]) => [month, list.length]),
  both: [...paid.intersection(open)],
  either: paid.union(open).size,
  onlyOpen: [...open.difference(paid)],
  apart: paid.isDisjointFrom(new Set(['nobody'])),
})
