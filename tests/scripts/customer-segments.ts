// expect: {"champions": ["ada", "eve", "fay"], "atRisk": ["bob", "gus"], "bulk": ["ada", "eve"]}
// tools: customers, orders
type Tier = 'gold' | 'silver' | 'bronze';
interface Customer { id: string; tier: Tier; since: string }
interface Order { customer: string; date: string; status: string; items: { qty: number }[] }

const [customers, orders] = await Promise.all([tools.customers<Customer[]>({}), tools.orders<Order[]>({})]);

// recency, frequency, volume
const REFERENCE = Date.UTC(2025, 3, 1);
const profile = (customers as Customer[]).map(({ id, tier }) => {
  const own = (orders as Order[]).filter((o) => o.customer === id && o.status !== 'cancelled');
  const last = own.map((o) => Date.parse(o.date)).reduce((a, b) => Math.max(a, b), 0);
  return {
    id,
    tier,
    recency: last ? Math.round((REFERENCE - last) / 864e5) : Infinity,
    frequency: own.length,
    volume: own.flatMap((o) => o.items).reduce((n, { qty }) => n + qty, 0),
  };
});

type Profile = (typeof profile)[number];
const segments: Record<string, (p: Profile) => boolean> = {
  champions: (p) => p.recency <= 30 && p.frequency >= 2,
  atRisk: (p) => p.recency > 30 && p.recency < Infinity,
  bulk: ({ volume }) => volume >= 10,
};

return Object.fromEntries(
  Object.entries(segments).map(([name, test]) => [name, profile.filter(test).map((p) => p.id)]),
);
