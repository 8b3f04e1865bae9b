// expect: 1377.81
// output: ["4 open orders"]
// tools: orders, rates
const open = await tools.orders({ status: 'open' });
const { rates } = await tools.rates({ base: 'USD' });

let total = 0;
for (const order of open) {
  const amount = order.items.reduce((sum, item) => sum + item.qty * item.price, 0);
  total += amount / rates[order.currency];
}

console.log(`${open.length} open orders`);
Math.round(total * 100) / 100;
