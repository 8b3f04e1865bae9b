// expect: {"sentences": 3, "words": 32, "longest": "foolishness", "frequent": [{"word": "it", "count": 6},
//   {"word": "was", "count": 6}, {"word": "the", "count": 5}, {"word": "of", "count": 4}], "entropy": 3.292838,
//   "capitalised": ["It", "Was", "Yes"]}
const text = `It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness... Was it? "Yes," said the clerk; it was.`;

interface Stats {
  sentences: number;
  words: number;
  longest: string;
  frequent: Array<{ word: string; count: number }>;
  entropy: number;
  capitalised: readonly string[];
}

function analyse(input: string): Stats {
  const words = input.match(/\p{L}+/gu) ?? [];
  const counts = new Map<string, number>();
  for (const w of words) counts.set(w.toLowerCase(), (counts.get(w.toLowerCase()) ?? 0) + 1);

  const frequent = [...counts]
    .map(([word, count]) => ({ word, count }))
    .filter(({ count }) => count > 2)
    .sort((a, b) => b.count - a.count || a.word.localeCompare(b.word));

  const entropy = -[...counts.values()].map((c) => c / words.length).reduce((h, p) => h + p * Math.log2(p), 0);
  return {
    sentences: input.split(/[.!?]+(?=\s|"|$)/).filter((s) => /\p{L}/u.test(s)).length,
    words: words.length,
    longest: words.reduce((a, b) => (b.length > a.length ? b : a)),
    frequent,
    entropy: Math.round(entropy * 1e6) / 1e6,
    capitalised: words.filter((w) => /^\p{Lu}/u.test(w)),
  };
}

analyse(text);
