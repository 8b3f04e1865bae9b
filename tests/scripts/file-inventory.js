// expect: {"report": [{"path": "config.ini", "size": 163, "lines": 12, "sameSize": true}, {"path": "notes.md",
//   "size": 251, "lines": 21, "sameSize": true}, {"path": "poem.txt", "size": 197, "lines": 7, "sameSize": true}],
//   "kinds": {"csv": 2, "ini": 1, "md": 1, "log": 1, "tsv": 1, "txt": 1, "json": 1}, "bytes": 1929}
// tools: list_files, read_file
const sizes = await tools.list_files({});
const textual = Object.entries(sizes).filter(([name]) => /\.(txt|md|ini)$/.test(name));

const report = await Promise.all(textual.map(async ([path, size]) => {
  const content = await tools.read_file({ path });
  const lines = content.split('\n').length - 1;
  return { path, size, lines, sameSize: new TextEncoder().encode(content).length === size };
}));

const kinds = Object.keys(sizes).reduce((acc, name) => {
  const ext = name.slice(name.lastIndexOf('.') + 1);
  acc[ext] = (acc[ext] || 0) + 1;
  return acc;
}, {});

({ report, kinds, bytes: Object.values(sizes).reduce((a, b) => a + b) })
