// expect: {"package": "gateway@2.4.1", "verdicts": [{"name": "router", "range": "^3.1.0", "ok": true},
//   {"name": "logger", "range": "~1.9.4", "ok": false}, {"name": "schema", "range": "4.0.0", "ok": true},
//   {"name": "tester", "range": ">=2.0.0", "ok": true}], "both": ["logger"]}
// tools: read_file
type Manifest = {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};
type SemVer = readonly [major: number, minor: number, patch: number];

const manifest = JSON.parse(await tools.read_file({ path: 'package.json' })) as Manifest;

function parseVersion(text: string): SemVer {
  const m = /(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (m === null) throw new TypeError(`not a version: ${text}`);
  return [Number(m[1]), Number(m[2]), Number(m[3])] as const;
}

const compare = (a: SemVer, b: SemVer): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

function accepts(range: string, version: SemVer): boolean {
  const min = parseVersion(range);
  if (compare(version, min) < 0) return false;
  switch (range[0]) {
    case '^': return version[0] === min[0];
    case '~': return version[0] === min[0] && version[1] === min[1];
    case '>': return true;
    default: return compare(version, min) === 0;
  }
}

const available: Record<string, string> = { router: '3.4.2', logger: '1.10.0', schema: '4.0.0', tester: '2.1.7' };
const all = { ...manifest.dependencies, ...manifest.devDependencies };
const verdicts = Object.entries(all).map(([name, range]) => ({ name, range, ok: accepts(range, parseVersion(available[name])) }));
const both = Object.keys(manifest.dependencies ?? {}).filter((d) => d in (manifest.devDependencies ?? {}));

return { package: `${manifest.name}@${manifest.version}`, verdicts, both };
