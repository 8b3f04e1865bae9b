// expect: {"distinct": 11, "once": ["brown", "does", "jumps", "lazy", "not", "over", "sleeps"]}
// output: ["the... 4\nquick. 3\ndog... 2"]
const text = `the quick brown fox jumps over the lazy dog
The dog sleeps; the fox does not. Quick, quick!`;

const counts = text
  .toLowerCase()
  .split(/[^a-z]+/)
  .filter(Boolean)
  .reduce((acc, word) => {
    acc[word] = (acc[word] || 0) + 1;
    return acc;
  }, Object.create(null));

const ranking = Object.entries(counts).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
console.log(ranking.slice(0, 3).map(([w, n]) => `${w.padEnd(6, '.')} ${n}`).join('\n'));
({ distinct: ranking.length, once: ranking.filter(([, n]) => n === 1).map(([w]) => w) });
