// expect: {"averages": {"gold": 1637, "silver": 746, "bronze": 217}, "newcomers": ["gus", "hal"]}
// tools: customers, now
const [customers, clock] = await Promise.all([tools.customers(), tools.now()]);
const today = Date.parse(clock.iso);
const DAY = 24 * 60 * 60 * 1000;

const tenure = customers.map((c) => ({ id: c.id, tier: c.tier, days: Math.floor((today - Date.parse(c.since)) / DAY) }));

const averages = {};
for (const tier of ['gold', 'silver', 'bronze']) {
  const days = tenure.filter((t) => t.tier === tier).map((t) => t.days);
  averages[tier] = Math.round(days.reduce((a, b) => a + b, 0) / days.length);
}

const newcomers = tenure.filter(({ days }) => days < 365).map(({ id }) => id);
({ averages, newcomers });
