// expect: {"head": ["id", "name", "comment"], "records": [{"id": "1", "name": "Lovett, Ada",
//   "comment": "said \"hello\""}, {"id": "2", "name": "Bob", "comment": "two\nlines"}, {"id": "3", "name": "",
//   "comment": "plain"}, {"id": "4", "name": "Zoë", "comment": "trailing, comma,"}]}
// tools: read_file
/** A CSV parser by RFC 4180: quotes, doubled quotes, commas and line breaks inside of quotes. */
function parseCsv(input: string, delimiter = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;

  for (let i = 0; i < input.length; i++) {
    const ch = input[i];
    if (quoted) {
      if (ch === '"' && input[i + 1] === '"') {
        field += '"';
        i++;
      } else if (ch === '"') {
        quoted = false;
      } else {
        field += ch;
      }
      continue;
    }
    switch (ch) {
      case '"':
        quoted = true;
        break;
      case delimiter:
        row.push(field);
        field = '';
        break;
      case '\r':
        break;
      case '\n':
        row.push(field);
        rows.push(row);
        row = [];
        field = '';
        break;
      default:
        field += ch;
    }
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}

const [head, ...body] = parseCsv(await tools.read_file({ path: 'quoted.csv' }));
const records = body.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i], cell] as [string, string])));
return { head, records };
