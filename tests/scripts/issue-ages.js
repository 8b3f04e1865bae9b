// expect: {"perWeek": {"2024-12-30": 2, "2025-01-06": 1, "2025-01-20": 1, "2025-02-10": 2, "2025-02-17": 1,
//   "2025-02-03": 1, "2025-03-24": 1, "2025-03-03": 1, "2025-03-17": 1}, "oldest": {"number": 11, "days": 88}}
// tools: issues, now
const { iso } = await tools.now();
const reference = new Date(iso.slice(0, 10));
const first = await tools.issues({ per_page: 6 });
const second = await tools.issues({ per_page: 6, page: 2 });

function weekStart(date) {
  const d = new Date(date);
  d.setUTCDate(d.getUTCDate() - ((d.getUTCDay() + 6) % 7));
  return d.toISOString().slice(0, 10);
}

const perWeek = {};
let oldest = null;
for (const issue of [...first.items, ...second.items]) {
  const opened = new Date(issue.opened);
  const key = weekStart(opened);
  perWeek[key] = (perWeek[key] || 0) + 1;
  const days = Math.round((reference - opened) / 86400000);
  if (issue.state === 'open' && (!oldest || days > oldest.days)) oldest = { number: issue.number, days };
}

return { perWeek, oldest };
