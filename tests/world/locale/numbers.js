const show = (...a) => console.log(a.map(String).join(' | '));
for (const n of [0, -0, 1, -1, 999, 1000, 1234567.891, -1234.5, 0.1234567, 1e21, 123456789012345680000, NaN, Infinity, -Infinity, 0.0005, 1.005])
  show(n.toLocaleString(), n.toLocaleString('en-US', {style: 'percent'}), n.toLocaleString('en-US', {style: 'currency', currency: 'USD'}));
for (const o of [{minimumFractionDigits: 2}, {maximumFractionDigits: 0}, {maximumFractionDigits: 1}, {minimumFractionDigits: 2, maximumFractionDigits: 2},
  {minimumFractionDigits: 5}, {useGrouping: false}, {style: 'currency', currency: 'EUR'}, {style: 'currency', currency: 'jpy'},
  {style: 'currency', currency: 'CHF'}, {style: 'currency', currency: 'USD', maximumFractionDigits: 0}, {style: 'percent', maximumFractionDigits: 1},
  {minimumIntegerDigits: 8}, {maximumSignificantDigits: 3}, {style: 'currency', currency: 'USD', minimumFractionDigits: 0}])
  show(JSON.stringify(o), ...[0, 1234.5678, -98765.4321, 0.456].map(n => n.toLocaleString('en-US', o)));
show(12345678901234567890n.toLocaleString(), (-5n).toLocaleString('en-US'), [1234.5, 'a', 1e6].toLocaleString());
for (const o of [{style: 'currency'}, {style: 'what'}, {minimumFractionDigits: 200}, {minimumFractionDigits: 3, maximumFractionDigits: 2}])
  try { show((1).toLocaleString('en-US', o)); } catch (e) { show(e.name); }
