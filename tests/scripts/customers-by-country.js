// expect: ["DE: Ada, Hal", "FR: Cyd", "GB: Eve", "JP: Gus", "SE: Fay", "US: Bob"]
// tools: customers
const customers = await tools.customers({});
const byCountry = {};
for (const { country, name } of customers) {
  if (!byCountry[country]) byCountry[country] = [];
  byCountry[country].push(name.split(' ')[0]);
}
const lines = Object.entries(byCountry)
  .sort(([a, x], [b, y]) => y.length - x.length || a.localeCompare(b))
  .map(([country, names]) => `${country}: ${names.join(', ')}`);
return lines;
