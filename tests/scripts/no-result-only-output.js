// expect: undefined
// output: ["Ada Lovett { tier: 'gold', email: 'ada@lovett.example' }", "Hal Brandt { tier: 'bronze', email: null }",
//   "total 2"]
// tools: customers
const customers = await tools.customers({ country: 'DE' });
for (const { name, tier, email } of customers) {
  console.log(name, { tier, email });
}
console.info('total', customers.length);
