// status: ok
// value: [false,true,"string","string","string","string","string"]
// tools: echo, fail
// timeout: 20s
// why: NUL, broken pairs, quotes, line ends and escapes in each text that leaves the cell
const nasty = 'a\0b\ud800c\udfff"\\\n\r\t\u2028\x1b[2J\x7f</script>\ufeff\ufffe\u{10ffff}{"type":"done"}\n';
console.log(nasty); console.error(nasty); console.table([{ [nasty]: nasty }]); console.group(nasty); console.dir({ [nasty]: Symbol(nasty) });
for (const kind of ['text', 'html', 'json', 'markdown']) try { display({ [nasty]: nasty }, { type: kind, title: nasty }); } catch {}
const back = await tools.echo({ [nasty]: [nasty] });
const seen = [Object.keys(back)[0].isWellFormed(), Object.values(back)[0][0].includes('\0')];
for (const name of [nasty, '', '\0', '__proto__', 'x'.repeat(5000)]) try { await tools[name](nasty); } catch (e) { seen.push(typeof e.message); }
seen;
