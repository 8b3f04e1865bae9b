// expect: {"parsed": ["2025-03-01T00:00:00.000Z", "2025-03-01T10:00:00.000Z", "2025-03-01T12:00:00.250Z",
//   "2025-03-01T10:00:00.000Z", "invalid"], "relative": ["now", "in 59 seconds", "1 minute ago", "in 2 hours",
//   "3 days ago"], "clashes": [["09:00", "10:00"], ["10:30", "10:00"]], "merged": [["09:00", "12:00"]],
//   "json": "{\"base\":\"2025-03-01T12:00:00.000Z\"}"}
const inputs = ['2025-03-01', '2025-03-01T12:00:00+02:00', '2025-03-01T12:00:00.250Z', 'Sat, 01 Mar 2025 10:00:00 GMT', 'nonsense', '2025-02-30T00:00:00Z'];
const parsed = inputs.map((text) => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? 'invalid' : date.toISOString();
});

function relative(from, to) {
  const seconds = Math.round((to - from) / 1000);
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const [unit, size] = units.find(([, s]) => Math.abs(seconds) >= s) ?? units.at(-1);
  const n = Math.trunc(seconds / size);
  const text = `${Math.abs(n)} ${unit}${Math.abs(n) === 1 ? '' : 's'}`;
  return n === 0 ? 'now' : n > 0 ? `in ${text}` : `${text} ago`;
}

const base = new Date(Date.UTC(2025, 2, 1, 12));
const offsets = [0, 59e3, -61e3, 7.2e6, -86400e3 * 3];

const overlaps = ([a, b], [c, d]) => a < d && c < b;
const bookings = [['09:00', '10:30'], ['10:30', '11:00'], ['10:00', '12:00']];
const clashes = bookings.flatMap((x, i) => bookings.slice(i + 1).filter((y) => overlaps(x, y)).map((y) => [x[0], y[0]]));

const merged = bookings.toSorted().reduce((out, [start, end]) => {
  const last = out.at(-1);
  if (last && start <= last[1]) last[1] = end > last[1] ? end : last[1];
  else out.push([start, end]);
  return out;
}, []);

return { parsed: parsed.slice(0, 5), relative: offsets.map((o) => relative(base, new Date(+base + o))), clashes, merged, json: JSON.stringify({ base }) };
