// expect: {"done": ["die Katze sieht die Haus", "den röda huset", "die Katze sieht die Haus", "die rote Haus"],
//   "calls": 4, "unsupported": "error unsupported_language"}
// tools: translate
function memoize<A extends unknown[], R>(fn: (...args: A) => R, key: (...args: A) => string = (...a) => JSON.stringify(a)) {
  const cache = new Map<string, R>();
  const wrapped = (...args: A): R => {
    const k = key(...args);
    if (!cache.has(k)) cache.set(k, fn(...args));
    return cache.get(k)!;
  };
  return Object.assign(wrapped, { size: () => cache.size });
}

const translate = memoize(async (text: string, to: string): Promise<string> => {
  const { text: out } = await tools.translate({ text, to });
  return out;
});

const sentences: Array<[text: string, to: string]> = [
  ['the cat sees the house', 'de'],
  ['the red house', 'sv'],
  ['the cat sees the house', 'de'],
  ['the red house', 'de'],
];
const done = await Promise.all(sentences.map((args) => translate(...args)));
const unsupported = await translate('the cat', 'xx').catch((e: { code: string }) => `error ${e.code}`);

({ done, calls: translate.size(), unsupported })
