// expect: [["CB-US", 22], ["CH-10", 3], ["MN-27", 2]]
// output: ["┌─────────┬─────────┬───────┬─────────┐\n│ (index) │ sku     │ stock │ missing │\n├─────────┼─────────┼───────┼─────────┤\n│ 0       │ 'CB-US' │ 0     │ 22      │\n│ 1       │ 'CH-10' │ 3     │ 3       │\n│ 2       │ 'MN-27' │ 6     │ 2       │\n└─────────┴─────────┴───────┴─────────┘"]
// tools: products, orders
const [products, orders] = await Promise.all([tools.products({}), tools.orders({})]);

// what was sold (or is about to be) by sku
const sold = new Map();
orders
  .filter((order) => !['cancelled', 'refunded'].includes(order.status))
  .flatMap((order) => order.items)
  .forEach(({ sku, qty }) => sold.set(sku, (sold.get(sku) ?? 0) + qty));

const suggestions = products
  .map(({ sku, name, stock }) => {
    const demand = sold.get(sku) ?? 0;
    return { sku, name, stock, demand, missing: Math.max(0, demand * 2 - stock) };
  })
  .filter((row) => row.missing > 0)
  .sort((a, b) => b.missing - a.missing);

console.table(suggestions.map(({ sku, stock, missing }) => ({ sku, stock, missing })));
return suggestions.map(({ sku, missing }) => [sku, missing]);
