// expect: "1012 open: 2 units"
// tools: order
const order = await tools.order({ id: 1012 }).catch(() => null);
if (!order) return 'no such order';
const units = order.items.reduce((n, { qty }) => n + qty, 0);
const label = units === 1 ? 'unit' : 'units';
`${order.id} ${order.status}: ${units} ${label}`;
