const show = (...a) => console.log(a.map(x => String(x).replace(/\u202f/g, ' ')).join(' | '));
for (const t of [0, 1706713445000, 951782400000, 1e12, 43200000, 86399000, NaN]) {
  const d = new Date(t), utc = {timeZone: 'UTC'};
  show(d.toLocaleString('en-US', utc), d.toLocaleDateString('en-US', utc), d.toLocaleTimeString('en-US', utc));
}
const d = new Date(1706713445000);
for (const o of [{month: 'long', day: 'numeric', year: 'numeric'}, {month: 'short', day: 'numeric'}, {month: 'long', year: 'numeric'}, {weekday: 'long'},
  {weekday: 'short', month: 'short', day: 'numeric'}, {weekday: 'long', year: 'numeric', month: 'long', day: 'numeric'}, {year: 'numeric'}, {month: 'short'},
  {year: 'numeric', month: '2-digit', day: '2-digit'}, {month: 'numeric', day: 'numeric'}, {year: '2-digit', month: '2-digit', day: '2-digit'},
  {dateStyle: 'full'}, {dateStyle: 'long'}, {dateStyle: 'medium'}, {dateStyle: 'short'}, {day: 'numeric'}])
  show(JSON.stringify(o), d.toLocaleDateString('en-US', {timeZone: 'UTC', ...o}));
for (const o of [{hour: '2-digit', minute: '2-digit'}, {hour: 'numeric', minute: '2-digit', hour12: true}, {timeStyle: 'short'}, {timeStyle: 'medium'},
  {hour: 'numeric'}, {hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false}, {minute: '2-digit', second: '2-digit'}])
  show(JSON.stringify(o), d.toLocaleTimeString('en-US', {timeZone: 'UTC', ...o}));
for (const o of [{dateStyle: 'medium', timeStyle: 'short'}, {dateStyle: 'long', timeStyle: 'short'}, {dateStyle: 'short', timeStyle: 'short'},
  {month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit'}, {year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit'}])
  show(JSON.stringify(o), d.toLocaleString('en-US', {timeZone: 'UTC', ...o}));
