// expect: {"empty": true, "orders": []}
// output: ["nothing to report"]
// tools: orders
interface Order { id: number; items: { qty: number }[] }

const orders: Order[] = await tools.orders({ from: '2026-01-01' });
if (orders.length === 0) {
  console.warn('nothing to report');
  return { empty: true, orders };
}

const biggest = orders.reduce((a, b) => (a.items.length >= b.items.length ? a : b));
biggest.id;
