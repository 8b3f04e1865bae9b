// expect: {"config": {"": {"name": "gateway", "debug": false}, "server": {"host": "0.0.0.0", "port": 8080,
//   "timeout": 2.5}, "limits": {"max_body": 1048576, "allow": ["alpha", "beta", "gamma"]}},
//   "problem": "line 2: no '=' in 'nonsense'"}
// tools: read_file
type IniValue = string | number | boolean | string[];
type IniSection = { [key: string]: IniValue };
type Ini = { [section: string]: IniSection };

function convert(raw: string): IniValue {
  if (/^(true|false)$/i.test(raw)) return raw.toLowerCase() === 'true';
  if (/^-?[\d_]+(\.\d+)?$/.test(raw)) return Number(raw.replaceAll('_', ''));
  if (raw.includes(',')) return raw.split(',').map((part) => part.trim());
  return raw;
}

function parseIni(text: string): Ini {
  const result: Ini = {};
  let current: IniSection = (result[''] = {});
  for (const [index, rawLine] of text.split('\n').entries()) {
    const line = rawLine.trim();
    if (!line || line.startsWith(';') || line.startsWith('#')) continue;
    const section = line.match(/^\[(?<name>[^\]]+)\]$/);
    if (section?.groups) {
      current = result[section.groups.name] ??= {};
      continue;
    }
    const at = line.indexOf('=');
    if (at < 0) throw new SyntaxError(`line ${index + 1}: no '=' in '${line}'`);
    current[line.slice(0, at).trim()] = convert(line.slice(at + 1).trim());
  }
  return result;
}

const config = parseIni(await tools.read_file({ path: 'config.ini' }));
const problem = (() => {
  try {
    return parseIni('a = 1\nnonsense');
  } catch (e) {
    return e instanceof SyntaxError ? e.message : 'another error';
  }
})();

({ config, problem })
