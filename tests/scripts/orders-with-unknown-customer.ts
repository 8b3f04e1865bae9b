// expect: {"orphans": [1014], "unreachable": ["hal"], "domains": ["adeyemi.example", "ito.example", "lovett.example",
//   "mail.example", "moreau.example"]}
// output: ["checked 14 orders against 7 customers"]
// tools: orders, customers
/** Finds orders that point to customers who do not exist, and customers without an address. */
interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

const customers: readonly Customer[] = await tools.customers({});
const known = new Set(customers.map((c) => c.id));
const orders: ReadonlyArray<{ id: number; customer: string }> = await tools.orders({});

const orphans = orders.filter((o) => !known.has(o.customer)).map((o) => o.id);

function hasEmail(c: Customer): c is Customer & { email: string } {
  return c.email !== null && c.email.includes('@');
}

const reachable = customers.filter(hasEmail).map((c) => c.email.split('@')[1]);
const domains = [...new Set(reachable)].sort();

console.log(`checked ${orders.length} orders against ${customers.length} customers`);
({ orphans, unreachable: customers.filter((c) => !hasEmail(c)).map((c) => c.id), domains })
