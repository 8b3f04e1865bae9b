// expect: [13, 17, 19, 21, 11, 20, 14, 16]
// output: ["#13  12 Login loops on Safari [bug][auth]\n#17   9 Slow search with many tags [bug][performance]\n#19   9 Session expires too early [bug][auth]\n#21   7 Memory grows over night [bug][performance]"]
// tools: issues
const { items } = await tools.issues({ state: 'open', per_page: 50 });

const weights = { bug: 5, auth: 3, performance: 2, feature: 1 };
const score = (issue) => issue.comments + issue.labels.reduce((sum, label) => sum + (weights[label] || 0), 0);

const ranked = items
  .map((issue) => ({ ...issue, score: score(issue) }))
  .sort((a, b) => b.score - a.score || a.number - b.number);

const report = ranked.slice(0, 4).map(({ number, title, labels, score }) =>
  [`#${number}`.padEnd(4), String(score).padStart(2), title, labels.map((l) => `[${l}]`).join('')].join(' '));
console.log(report.join('\n'));

ranked.map((issue) => issue.number);
