// How did the shop do in 2025? Reads the orders, converts everything to EUR, and sums up by region, product and month.

function parseCsv(text) {
  const rows = [];
  let row = [], field = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') { field += '"'; i++; }
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') { row.push(field); field = ''; }
    else if (c === '\n') { row.push(field); rows.push(row); row = []; field = ''; }
    else if (c !== '\r') field += c;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  const [header, ...body] = rows;
  return body.map(values => Object.fromEntries(header.map((name, i) => [name, values[i]])));
}

const orders = parseCsv(await tools.read_file({ path: 'orders.csv' }));
const shipped = orders.filter(order => order.status === 'shipped');
console.log(`${orders.length} orders, ${shipped.length} of them shipped and kept`);

// one call per currency, all at once
const currencies = [...new Set(shipped.map(order => order.currency))].sort();
const rates = Object.fromEntries(await Promise.all(currencies.map(async currency => {
  const { rate } = await tools.exchange_rate({ from: currency, to: 'EUR' });
  return [currency, rate];
})));
console.log('rates to EUR:', rates);

const inEuros = order => Number(order.quantity) * Number(order.unit_price) * rates[order.currency];
const cents = amount => Math.round(amount * 100) / 100;

function totalsBy(key) {
  const totals = new Map();
  for (const order of shipped) {
    const name = key(order);
    totals.set(name, (totals.get(name) ?? 0) + inEuros(order));
  }
  return Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => [name, cents(sum)]));
}

const byRegion = totalsBy(order => order.region);
const byProduct = totalsBy(order => order.product);
const byMonth = totalsBy(order => order.date.slice(0, 7));
const best = Object.entries(byMonth).reduce((a, b) => (b[1] > a[1] ? b : a));
console.log('best month:', best[0], 'with', best[1].toFixed(2), 'EUR');

const returned = orders.filter(order => order.status === 'returned').length;
const share = 100 * returned / orders.length;
if (share > 5) console.warn(`${share.toFixed(1)} % of the orders came back`);

return {
  total: cents(shipped.reduce((sum, order) => sum + inEuros(order), 0)),
  currency: 'EUR',
  byRegion,
  byProduct,
  byMonth,
};
