// expect: {"words": 43, "unique": 26, "top": [["the", 7], ["lamp", 5], ["and", 2]], "stanzas": [4, 2],
//   "longestLine": "The fog comes on, the fog goes by,", "endings": ["by", "sky", "why", "high"],
//   "averageLength": 3.35}
// tools: read_file
const poem = await tools.read_file({ path: 'poem.txt' });
const words = poem.toLowerCase().match(/[a-z']+/g);

const frequency = words.reduce((map, word) => map.set(word, (map.get(word) ?? 0) + 1), new Map());
const top = [...frequency].filter(([word]) => word.length > 2).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3);

const stanzas = poem.trim().split(/\n\s*\n/);
const longestLine = poem.split('\n').reduce((a, b) => (b.length > a.length ? b : a), '');
const endings = stanzas[0].split('\n').map((line) => line.replace(/[^a-z]+$/i, '').split(' ').pop());

({
  words: words.length,
  unique: frequency.size,
  top,
  stanzas: stanzas.map((s) => s.split('\n').length),
  longestLine,
  endings,
  averageLength: Number((words.join('').length / words.length).toFixed(2)),
});
