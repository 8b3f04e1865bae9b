// expect: {"out": ["den katten", "den röda katten", "den huset och den katten", "den dog", "röda och blue"],
//   "untranslated": {"$type": "set", "values": ["dog", "blue"]}}
// tools: translate
const chunk = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

const sentences = ['the cat', 'the red cat', 'the house and the cat', 'the dog', 'red and blue'];
const out = [];
for (const batch of chunk(sentences, 2)) {
  const translated = await Promise.all(batch.map((text) => tools.translate({ text, to: 'sv' })));
  out.push(...translated.map(({ text }) => text));
}

const untranslated = new Set(
  out.flatMap((text, i) => text.split(' ').filter((word, j) => word === sentences[i].split(' ')[j])),
);
({ out, untranslated });
