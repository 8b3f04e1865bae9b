// expect: {"end": "2238.73", "lowest": "2233.74", "categories": 4}
// output: ["income       2950.00", "housing     -1100.00", "groceries     -71.37", "travel        -39.90"]
const statement = `
2025-03-01;ACME PAYROLL 0325;2.950,00
2025-03-02;RENT MARCH;-1.100,00
2025-03-05;SuperMart #112;-64,31
2025-03-06;SUPERMART #98 ;-12,05
2025-03-09;Train ticket DB;-39,90
2025-03-15;Refund SuperMart;4,99
`.trim();

const amount = (text) => Math.round(parseFloat(text.replaceAll('.', '').replace(',', '.')) * 100);
const rules = [
  [/payroll|salary/i, 'income'],
  [/\brent\b/i, 'housing'],
  [/super\s*mart/i, 'groceries'],
  [/\b(train|bus|db)\b/i, 'travel'],
];

let balance = 500_00;
const lines = statement.split('\n').map((row) => {
  const [date, text, value] = row.split(';').map((s) => s.trim());
  const cents = amount(value);
  balance += cents;
  return { date, category: rules.find(([re]) => re.test(text))?.[1] ?? 'other', cents, balance };
});

const totals = {};
for (const { category, cents } of lines) totals[category] = (totals[category] ?? 0) + cents;

const euros = (c) => `${c < 0 ? '-' : ''}${Math.floor(Math.abs(c) / 100)}.${String(Math.abs(c) % 100).padStart(2, '0')}`;
for (const [category, cents] of Object.entries(totals)) console.log(`${category.padEnd(10)}${euros(cents).padStart(10)}`);
({ end: euros(balance), lowest: euros(Math.min(...lines.map((l) => l.balance))), categories: Object.keys(totals).length });
