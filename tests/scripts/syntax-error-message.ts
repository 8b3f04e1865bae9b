// expect: {"good": {"$type": "map", "entries": [["width", 10], ["height", 2.5]]}, "summary": "5 problems",
//   "errors": ["2:1 bad name 'Height'", "3:7 expected '='", "4:1 'width' is set twice", "5:7 expected a number",
//   "6:7 unexpected '2'"], "all": true}
// Collects what is wrong with lines of a small configuration language, without stopping at the first.
type Diagnostic = { line: number; column: number; message: string };
type Token = { text: string; column: number };

class ParseErrors extends AggregateError {
  constructor(public readonly diagnostics: Diagnostic[]) {
    super(diagnostics.map((d) => new SyntaxError(`${d.line}:${d.column} ${d.message}`)), `${diagnostics.length} problems`);
    this.name = 'ParseErrors';
  }
}

function parse(source: string): Map<string, number> {
  const values = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  source.split('\n').forEach((text, i) => {
    const report = (column: number, message: string) => void diagnostics.push({ line: i + 1, column, message });
    const tokens: Token[] = Array.from(text.replace(/#.*/, '').matchAll(/\S+/g), (m) => ({ text: m[0], column: m.index! + 1 }));
    if (tokens.length === 0) return;
    const [name, equals, value, extra] = tokens;
    if (!/^[a-z_]+$/.test(name.text)) report(name.column, `bad name '${name.text}'`);
    else if (equals?.text !== '=') report(equals?.column ?? text.length + 1, "expected '='");
    else if (!value || Number.isNaN(+value.text)) report(value?.column ?? text.length + 1, 'expected a number');
    else if (extra) report(extra.column, `unexpected '${extra.text}'`);
    else if (values.has(name.text)) report(name.column, `'${name.text}' is set twice`);
    else values.set(name.text, Number(value.text));
  });
  if (diagnostics.length) throw new ParseErrors(diagnostics);
  return values;
}

const good = parse('width = 10\n\nheight = 2.5 # metres');
try {
  parse('width = 10\nHeight = 3\ndepth 4\nwidth = 7\nsize =\nx = 1 2');
} catch (e) {
  if (!(e instanceof ParseErrors)) throw e;
  return { good, summary: e.message, errors: e.errors.map((x: Error) => x.message), all: e.errors.every((x) => x instanceof SyntaxError) };
}
