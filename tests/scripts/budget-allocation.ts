// expect: [{"budget": 100, "used": 98, "chosen": ["KB-01", "CB-HD"]}, {"budget": 250, "used": 234, "chosen": ["KB-01",
//   "MS-02", "CB-HD", "LP-05", "HS-03"]}, {"budget": 400, "used": 397, "chosen": ["KB-01", "MN-27", "CB-HD"]}]
// tools: products
interface Product { readonly sku: string; readonly name: string; readonly price: number; readonly stock: number }

/** 0/1 knapsack over prices in whole euros: which products use up a budget best? */
function fill(products: Product[], budget: number): { used: number; chosen: string[] } {
  const best: number[] = Array(budget + 1).fill(0);
  const take: boolean[][] = products.map(() => Array(budget + 1).fill(false));
  products.forEach(({ price }, i) => {
    const cost = Math.ceil(price);
    for (let b = budget; b >= cost; b--) {
      const candidate = best[b - cost] + cost;
      if (candidate > best[b]) {
        best[b] = candidate;
        take[i][b] = true;
      }
    }
  });
  const chosen: string[] = [];
  for (let i = products.length - 1, b = budget; i >= 0; i--) {
    if (!take[i][b]) continue;
    chosen.unshift(products[i].sku);
    b -= Math.ceil(products[i].price);
  }
  return { used: best[budget], chosen };
}

const products: Product[] = (await tools.products()).filter((p: Product) => p.stock > 0);
[100, 250, 400].map((budget) => ({ budget, ...fill(products, budget) }))
