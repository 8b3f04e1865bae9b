// expect: [{"step": "view", "users": 7, "rate": 1}, {"step": "cart", "users": 6, "rate": 0.86}, {"step": "buy",
//   "users": 4, "rate": 0.67}]
// tools: events
const { items } = await tools.events({ size: 50 });
const STEPS = ['view', 'cart', 'buy'];

// how far did each user get, in order
const progress = {};
for (const { user, kind } of items.toSorted((a, b) => a.at.localeCompare(b.at))) {
  const reached = progress[user] ?? 0;
  if (kind === STEPS[reached]) progress[user] = reached + 1;
}

const funnel = STEPS.map((step, i) => ({
  step,
  users: Object.values(progress).filter((reached) => reached > i).length,
}));
funnel.forEach((row, i) => {
  row.rate = i === 0 ? 1 : Math.round((row.users / funnel[i - 1].users) * 100) / 100;
});
return funnel;
