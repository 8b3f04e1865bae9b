// expect: {"printf": "[   42|ab    |003.14|ff|abc|%]", "bytes": ["0 B", "1023 B", "1.5 KiB", "4.8 MiB", "1024 GiB"],
//   "thousands": ["999", "1,000", "1,234,567,890"], "title": "The Lord Of The Rings", "truncate": "a rather…",
//   "dedent": "if (x) {\n  y();\n}", "wrap": ["the quick", "brown fox", "jumps over", "the lazy dog"],
//   "numbers": ["0.300", "1e+21", "11111111", "-2", "1.23e+3"]}
const printf = (format, ...args) => {
  let i = 0;
  return format.replace(/%(-)?(0)?(\d+)?(?:\.(\d+))?([sdfx%])/g, (_, left, zero, width = 0, precision, type) => {
    if (type === '%') return '%';
    const arg = args[i++];
    let text;
    if (type === 'd') text = String(Math.trunc(arg));
    else if (type === 'f') text = Number(arg).toFixed(precision ?? 6);
    else if (type === 'x') text = arg.toString(16);
    else text = String(arg).slice(0, precision);
    return left ? text.padEnd(width) : text.padStart(width, zero && type !== 's' ? '0' : ' ');
  });
};

const bytes = (n) => {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const e = n < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(n) / 10));
  return `${Number((n / 1024 ** e).toFixed(1))} ${units[e]}`;
};
const thousands = (n) => String(n).replace(/\d(?=(\d{3})+(?!\d))/g, '$&,');
const title = (s) => s.replace(/\b[a-z]/g, (c) => c.toUpperCase());
const truncate = (s, n) => (s.length <= n ? s : s.slice(0, n - 1).trimEnd() + '…');
const dedent = (s) => {
  const lines = s.replace(/^\n|\n\s*$/g, '').split('\n');
  const indent = Math.min(...lines.filter((l) => l.trim()).map((l) => l.match(/^ */)[0].length));
  return lines.map((l) => l.slice(indent)).join('\n');
};
const wrap = (s, width) => s.split(' ').reduce((lines, word) => {
  const last = lines.at(-1);
  if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
  else lines.push(word);
  return lines;
}, []);

return {
  printf: printf('[%5d|%-6s|%06.2f|%x|%.3s|%%]', 42.9, 'ab', 3.14159, 255, 'abcdef'),
  bytes: [0, 1023, 1536, 5e6, 2 ** 40].map(bytes),
  thousands: [999, 1000, 1234567890].map(thousands),
  title: title('the lord of the rings'),
  truncate: truncate('a rather long sentence', 10),
  dedent: dedent(`
    if (x) {
      y();
    }
  `),
  wrap: wrap('the quick brown fox jumps over the lazy dog', 12),
  numbers: [(0.1 + 0.2).toPrecision(3), (1e21).toString(), (255).toString(2), (-1.5).toFixed(0), (1234.5678).toExponential(2)],
};
