// expect: {"EUR": 139.48, "USD": 150.64, "SEK": 1568.95,
//   "XXX": "CurrencyError/unknown_currency: known are EUR GBP JPY SEK USD"}
// tools: order, rates
const currencies = ['USD', 'SEK', 'XXX'];
const { items, currency } = await tools.order({ id: 1001 });
const total = items.map(({ qty, price }) => qty * price).reduce((a, b) => a + b);

const out = { [currency]: total };
for (const code of currencies) {
  try {
    const { rates } = await tools.rates({ base: code });
    out[code] = +(total / rates[currency]).toFixed(2);
  } catch ({ name, code: reason, data: { known } }) {
    out[code] = `${name}/${reason}: known are ${known.join(' ')}`;
  }
}
out
