// expect: ["294.65 EUR", "151.25 EUR", "9 orders", true]
// tools: orders
// module: stats=stats.ts
// module: format=format.js
import { mean, median, type Summary } from 'stats';
import money, { plural as pl } from 'format';
import type { Unused } from 'stats';

const orders: { items: { qty: number; price: number }[]; currency: string }[] = await tools.orders({});
const sums: number[] = orders
  .filter((o) => o.currency === 'EUR')
  .map((o) => o.items.reduce((s, { qty, price }) => s + qty * price, 0));

const summary: Summary = { mean: mean(sums), median: median(sums) };
const none: Unused | undefined = undefined;
return [money(summary.mean, 'EUR'), money(summary.median, 'EUR'), pl(sums.length, 'order'), none === undefined];
