// expect: {"1002": -10.03, "1003": 0, "1004": 0, "1005": 9.89, "1006": 0, "1007": -9.72, "1009": 0, "1010": 0,
//   "1011": 14.65, "1012": 0, "1013": 0, "1014": 0}
// tools: orders, products
interface Line { sku: string; qty: number; price: number }
interface Order { id: number; currency: string; items: Line[] }

async function main(): Promise<Record<string, number>> {
  const [orders, products]: [Order[], { sku: string; price: number }[]] = await Promise.all([
    tools.orders({ from: '2025-01-10' }),
    tools.products({}),
  ]);
  const listPrice = new Map(products.map(({ sku, price }) => [sku, price]));
  return discounts(orders.filter((o) => o.currency !== 'JPY'), listPrice);
}

function discounts(orders: Order[], listPrice: Map<string, number>): Record<string, number> {
  const out: Record<string, number> = {};
  for (const { id, items } of orders) {
    const full = items.reduce((s, l) => s + l.qty * (listPrice.get(l.sku) ?? l.price), 0);
    const real = items.reduce((s, l) => s + l.qty * l.price, 0);
    out[id] = Math.round((1 - real / full) * 10000) / 100;
  }
  return out;
}

main();
