// expect: {"distances": [3, 3], "suggestion": [1, "relieve"]}
// output: ["= start\n- read config\n= connect\n+ warm up\n= serve\n+ stop"]
type Edit = { op: '=' | '+' | '-'; text: string };

function diff(a: string[], b: string[]): Edit[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) edits.push({ op: '=', text: a[i++] }), j++;
    else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) edits.push({ op: '-', text: a[i++] });
    else edits.push({ op: '+', text: b[j++] });
  }
  return edits;
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0];
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j];
      row[j] = Math.min(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1));
      diagonal = above;
    }
  }
  return row[b.length];
}

const before = ['start', 'read config', 'connect', 'serve'];
const after = ['start', 'connect', 'warm up', 'serve', 'stop'];
const dictionary = ['receive', 'deceive', 'relieve', 'believe', 'recipe'];
const suggestion = (word: string) => dictionary.map((w) => [levenshtein(word, w), w] as const).sort(([a], [b]) => a - b)[0];

console.log(diff(before, after).map(({ op, text }) => `${op} ${text}`).join('\n'));
({ distances: [levenshtein('kitten', 'sitting'), levenshtein('', 'abc')], suggestion: suggestion('recieve') })
