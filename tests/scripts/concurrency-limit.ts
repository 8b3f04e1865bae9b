// expect: {"peak": 3, "low": ["MN-27", "CB-US", "CH-10"], "total": 574}
// tools: stock, products
/** Runs tasks with at most `limit` at once and keeps the order of results. */
async function mapLimit<T, R>(items: readonly T[], limit: number, task: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  async function worker(): Promise<void> {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index], index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

interface Stock { sku: string; warehouses: { north: number; south: number } }

const products: { sku: string; stock: number }[] = await tools.products({});
let active = 0;
let peak = 0;
const stocks = await mapLimit(products, 3, async ({ sku }): Promise<Stock> => {
  peak = Math.max(peak, ++active);
  try {
    return await tools.stock({ sku });
  } finally {
    active--;
  }
});

const low = stocks.filter(({ warehouses: { north } }) => north < 3).map(({ sku }) => sku);
return { peak, low, total: stocks.reduce((n, s) => n + s.warehouses.north + s.warehouses.south, 0) };
