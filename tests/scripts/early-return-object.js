// expect: {"count": 2, "tiers": ["gold", "bronze"], "reachable": ["ada"]}
// tools: customers
const customers = await tools.customers({ country: 'DE' });
if (customers.length === 0) return { message: 'nobody there' };

const tiers = customers.map((c) => c.tier);
const reachable = customers.filter((c) => c.email);
({ count: customers.length, tiers, reachable: reachable.map((c) => c.id) });
