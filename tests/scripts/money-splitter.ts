// expect: {"balance": {"$type": "map", "entries": [["ada", 4391], ["bob", -783], ["cyd", -3608]]},
//   "payments": ["cyd pays ada 36.08", "bob pays ada 7.83"], "sum": 0, "thirds": [334, 333, 333]}
type Cents = number;
type Expense = { payer: string; amount: `${number}`; for?: string[] };

const people = ['ada', 'bob', 'cyd'] as const;
const expenses: Expense[] = [
  { payer: 'ada', amount: '90.00' },
  { payer: 'bob', amount: '25.50', for: ['ada', 'cyd'] },
  { payer: 'cyd', amount: '10.00' },
];

const toCents = (text: string): Cents => {
  const [whole, fraction = ''] = text.split('.');
  return parseInt(whole, 10) * 100 + parseInt(fraction.padEnd(2, '0'), 10);
};

/** Splits without losing a cent: the first ones pay the rest. */
function split(amount: Cents, n: number): Cents[] {
  const base = Math.floor(amount / n);
  return Array.from({ length: n }, (_, i) => base + (i < amount - base * n ? 1 : 0));
}

const balance = new Map<string, Cents>(people.map((p) => [p, 0]));
for (const { payer, amount, for: sharers = [...people] } of expenses) {
  const cents = toCents(amount);
  balance.set(payer, balance.get(payer)! + cents);
  split(cents, sharers.length).forEach((part, i) => balance.set(sharers[i], balance.get(sharers[i])! - part));
}

function settle(balances: Map<string, Cents>): string[] {
  const open = [...balances].filter(([, b]) => b !== 0).map(([name, b]) => ({ name, b }));
  const out: string[] = [];
  while (open.length > 1) {
    open.sort((x, y) => x.b - y.b);
    const debtor = open[0];
    const creditor = open[open.length - 1];
    const paid = Math.min(-debtor.b, creditor.b);
    out.push(`${debtor.name} pays ${creditor.name} ${(paid / 100).toFixed(2)}`);
    debtor.b += paid;
    creditor.b -= paid;
    for (let i = open.length - 1; i >= 0; i--) if (open[i].b === 0) open.splice(i, 1);
  }
  return out;
}

return { balance, payments: settle(balance), sum: [...balance.values()].reduce((a, b) => a + b), thirds: split(1000, 3) };
