interface Order { id: number; customer: string; items: Item[]; placed: string }
interface Item { sku: string; qty: number; price: number }
type Totals = Record<string, { count: number; revenue: number }>;
enum Status { Open = 'open', Paid = 'paid', Shipped = 'shipped' }

class Ledger<T extends Order> {
  private readonly rows: T[] = [];
  constructor(public readonly name: string, private limit: number = 1000) {}
  add(row: T): this {
    if (this.rows.length >= this.limit) throw new RangeError(`ledger ${this.name} is full`);
    this.rows.push(row);
    return this;
  }
  total(pick: (row: T) => number = (r) => r.items.reduce((a: number, i: Item) => a + i.qty * i.price, 0)): number {
    return this.rows.reduce((sum, row) => sum + pick(row), 0);
  }
  *[Symbol.iterator](): IterableIterator<T> {
    yield* this.rows;
  }
}

function group(orders: Iterable<Order>): Totals {
  const out: Totals = {};
  for (const o of orders) {
    const t = (out[o.customer] ??= { count: 0, revenue: 0 });
    t.count += 1;
    t.revenue += o.items.reduce((a, i) => a + i.qty * i.price, 0);
  }
  return out;
}

const orders: Order[] = Array.from({ length: 20 }, (_, i) => ({
  id: i,
  customer: ['ann', 'bob', 'cy'][i % 3]!,
  items: [{ sku: `s${i}`, qty: (i % 4) + 1, price: 2.5 * i }],
  placed: new Date(Date.UTC(2024, 0, i + 1)).toISOString(),
}));

const ledger = new Ledger<Order>('q1');
for (const o of orders) ledger.add(o);
const parse = <T,>(text: string): T => JSON.parse(text) as T;
const copy = parse<Order[]>(JSON.stringify(orders));
const late = copy.filter((o): o is Order => new Date(o.placed).getUTCDate() > 10);
const status: Status = late.length > 5 ? Status.Paid : Status.Open;
type Summary = { total: number; status: Status; groups: Totals };
const summary: Summary = { total: ledger.total(), status, groups: group(ledger) };
summary satisfies Summary;
console.log(summary.status, late.length);
summary;
