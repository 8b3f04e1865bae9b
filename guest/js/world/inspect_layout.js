// ---- how inspect puts entries into lines and columns

function finish(v, out, base, open, close, isList, numeric, depth, state) {
  if (state.refs !== null) {
    const index = mapGet(state.refs, v);
    if (index !== undefined) base = '<ref *' + index + '>' + (base === '' ? '' : ' ' + base);
  }
  state.open[--state.count] = undefined;
  const count = out.length;
  if (isList && count > 6 && state.room >= 0) out = inColumns(out, numeric, state);
  const head = base === '' ? open : base + ' ' + open;
  if (state.current - depth < 3 && out.length === count) {
    let length = count * 2 + state.indent + open.length + base.length + 10;
    if (length + count <= state.width) for (let i = 0; i < count && length <= state.width; i++) length += out[i].length;
    else length = Infinity;
    if (length <= state.width && (base === '' || indexOf(base, '\n') < 0)) {
      const line = joinTexts(out, ', ');
      if (indexOf(line, '\n') < 0) return head + ' ' + line + ' ' + close;
    }
  }
  return tall(out, head, close, state);
}

// A line for each text.
function tall(out, head, close, state) {
  const gap = '\n' + repeat(' ', state.indent);
  return head + gap + '  ' + joinTexts(out, ',' + gap + '  ') + gap + close;
}

// Items side by side in columns of equal width, about two and a half times as many across as down; Node's formula.
function inColumns(out, numeric, state) {
  const count = state.items < out.length ? out.length - 1 : out.length; // "... more items" has a line of its own
  const widths = listOf([]);
  let total = 0, longest = 0;
  for (let i = 0; i < count; i++) {
    if (out[i].length > WIDE_ITEM) return out;
    const width = widths[i] = numeric ? out[i].length : widthOf(out[i]); // digits are as wide as they are many
    total += width + 2;
    if (width > longest) longest = width;
  }
  const cell = longest + 2;
  if (cell * 3 + state.indent >= state.width || (total / cell <= 5 && longest > 6)) return out;
  const biased = max(cell - 3 - sqrt(cell - total / out.length), 1);
  const columns = min(round(sqrt(2.5 * biased * count) / biased), floor((state.width - state.indent) / cell), 12, 15);
  if (columns <= 1) return out;
  const columnWidths = listOf([]);
  for (let i = 0; i < columns; i++) {
    let width = 0;
    for (let k = i; k < count; k += columns) if (widths[k] > width) width = widths[k];
    columnWidths[i] = width + 2;
  }
  const lines = listOf([]);
  for (let i = 0; i < count; i += columns) {
    const last = min(i + columns, count) - 1;
    let line = '';
    for (let k = i; k < last; k++) {
      const item = out[k] + ', ', width = columnWidths[k - i] + out[k].length - widths[k];
      line += numeric ? padStart(item, width) : padEnd(item, width);
    }
    lines[lines.length] = line + (numeric ? padStart(out[last], columnWidths[last - i] - 2 + out[last].length - widths[last]) : out[last]);
  }
  if (count < out.length) lines[lines.length] = out[count];
  return lines;
}
