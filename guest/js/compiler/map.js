// Maps from positions in generated code to the text: lines of "LINE COLUMN COLUMN\n", counted from 1 in code points, one
// for each place where the two columns begin to differ by another amount. Nothing ever moves to another line.

// Walks a text forwards and tells line and column of offsets that do not fall.
function walker(text) {
  let line = 1, start = 0, next = text.indexOf('\n'), at = 0, low = 0;
  const wide = /[\uDC00-\uDFFF]/.test(text);
  return (offset) => {
    while (next >= 0 && next < offset) {
      line++;
      at = start = next + 1;
      low = 0;
      next = text.indexOf('\n', start);
    }
    if (wide) for (; at < offset; at++) if ((text.charCodeAt(at) & 0xFC00) === 0xDC00) low++;
    return [line, offset - start - low + 1];
  };
}

// `pairs` are [offset in the code, offset in the text], both rising.
export function mapOf(code, text, pairs) {
  const inCode = walker(code), inText = walker(text);
  let out = '', lastLine = 0, lastDelta = 0, lastFrom = 0, lastTo = 0;
  for (const [from, to] of pairs) {
    if (from - to === lastFrom - lastTo || from < lastFrom || to < lastTo) continue; // moved as the one before: nothing new
    lastFrom = from;
    lastTo = to;
    const [line, column] = inCode(from), [textLine, textColumn] = inText(to);
    if (line !== textLine) continue;
    const delta = textColumn - column;
    if (line === lastLine ? delta === lastDelta : delta === 0) continue;
    out += line + ' ' + column + ' ' + textColumn + '\n';
    lastLine = line;
    lastDelta = delta;
  }
  return out;
}
