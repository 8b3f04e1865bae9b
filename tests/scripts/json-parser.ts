// expect: {"parsed": {"a": [1, -250, true, null], "s": "tab\té \"q\"", "o": {"deep": {"er": []}}}, "same": true,
//   "errors": ["expected ':' in line 1, got \"1\"", "expected ',' or ']' in line 1, got \"2\"",
//   "expected a value in line 2, got \"t\"", "expected a string in line 1, got \"\\\"\"",
//   "expected a value in line 1, got \"end\""]}
/** JSON by hand, with positions in its errors. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

class JsonReader {
  #i = 0;
  constructor(readonly text: string) {}

  static parse(text: string): Json {
    const reader = new JsonReader(text);
    const value = reader.value();
    reader.space();
    if (reader.#i < text.length) reader.fail('end');
    return value;
  }

  private fail(expected: string): never {
    const line = this.text.slice(0, this.#i).split('\n').length;
    throw new SyntaxError(`expected ${expected} in line ${line}, got ${JSON.stringify(this.text[this.#i] ?? 'end')}`);
  }

  private space(): void {
    while (' \n\r\t'.includes(this.text[this.#i] ?? '?')) this.#i++;
  }

  private match(re: RegExp): string | undefined {
    const sticky = new RegExp(re.source, 'y');
    sticky.lastIndex = this.#i;
    const m = sticky.exec(this.text)?.[0];
    if (m !== undefined) this.#i += m.length;
    return m;
  }

  private value(): Json {
    this.space();
    const c = this.text[this.#i];
    if (c === '{') return Object.fromEntries(this.list('}', () => this.pair()));
    if (c === '[') return this.list(']', () => this.value());
    if (c === '"') return this.string();
    const word = this.match(/true|false|null|-?\d+(\.\d+)?([eE][-+]?\d+)?/);
    if (word === undefined) this.fail('a value');
    return word === 'null' ? null : word === 'true' ? true : word === 'false' ? false : Number(word);
  }

  private list<T>(end: string, item: () => T): T[] {
    this.#i++;
    const out: T[] = [];
    for (this.space(); this.text[this.#i] !== end; this.space()) {
      if (out.length > 0 && !this.match(/,/)) this.fail(`',' or '${end}'`);
      out.push(item());
    }
    this.#i++;
    return out;
  }

  private pair(): [string, Json] {
    this.space();
    const key = this.string();
    this.space();
    if (!this.match(/:/)) this.fail("':'");
    return [key, this.value()];
  }

  private string(): string {
    const raw = this.match(/"(?:[^"\\]|\\.)*"/);
    if (raw === undefined) this.fail('a string');
    const short: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
    return raw.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex?: string, c?: string) =>
      hex ? String.fromCharCode(parseInt(hex, 16)) : short[c!] ?? c!);
  }
}

const sample = '{"a": [1, -2.5e2, true, null], "s": "tab\\t\\u00e9 \\"q\\"", "o": {"deep": {"er": []}}}';
const parsed = JsonReader.parse(sample);
const errors = ['{"a" 1}', '[1 2]', '[1,\n tru]', '"open', ''].map((bad) => {
  try {
    return JsonReader.parse(bad);
  } catch (e) {
    return (e as SyntaxError).message;
  }
});
({ parsed, same: JSON.stringify(parsed) === JSON.stringify(JSON.parse(sample)), errors })
