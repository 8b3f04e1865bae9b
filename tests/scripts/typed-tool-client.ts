// expect: {"to": "Fay Lindqvist, SE", "lines": ["LP-05: 2 of 22", "CB-US: 1 of 0 SHORT", "MS-02: 1 of 120"]}
// tools: order, customer, stock
interface ToolMap {
  order: { args: { id: number }; result: { id: number; customer: string; items: { sku: string; qty: number }[] } };
  customer: { args: { id: string }; result: { id: string; name: string; country: string } };
  stock: { args: { sku: string }; result: { sku: string; warehouses: Record<string, number> } };
}

async function call<K extends keyof ToolMap>(name: K, args: ToolMap[K]['args']): Promise<ToolMap[K]['result']> {
  return (tools as any)[name](args);
}

const order = await call('order', { id: 1006 });
const [customer, ...stocks] = await Promise.all([
  call('customer', { id: order.customer }),
  ...order.items.map(({ sku }) => call('stock', { sku })),
] as const);

const lines = order.items.map((item, i) => {
  const available = Object.values(stocks[i].warehouses).reduce((a, b) => a + b, 0);
  return `${item.sku}: ${item.qty} of ${available}${available < item.qty ? ' SHORT' : ''}`;
});
return { to: `${customer.name}, ${customer.country}`, lines };
