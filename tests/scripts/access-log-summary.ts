// expect: {"hits": 7, "perClient": {"$type": "map", "entries": [["10.0.0.1", 589], ["10.0.0.2", 2560], ["10.0.0.3",
//   90], ["10.0.0.4", 4096]]}, "errors": ["GET /missing -> 404", "GET /orders -> 500"], "span": 179,
//   "first": {"$type": "date", "value": "2025-03-31T10:00:01.000Z"}}
// tools: read_file
const LINE = /^(?<ip>\S+) \S+ \S+ \[(?<when>[^\]]+)\] "(?<method>[A-Z]+) (?<path>\S+) [^"]+" (?<status>\d{3}) (?<bytes>\d+)$/gm;

interface Hit { ip: string; method: string; path: string; status: number; bytes: number; when: Date }

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function parseWhen(text: string): Date {
  const [, day, month, year, h, m, s] = /^(\d+)\/(\w+)\/(\d+):(\d+):(\d+):(\d+)/.exec(text)!;
  return new Date(Date.UTC(+year, MONTHS.indexOf(month), +day, +h, +m, +s));
}

const log: string = await tools.read_file({ path: 'access.log' });
const hits: Hit[] = Array.from(log.matchAll(LINE), ({ groups }) => {
  const g = groups as Record<string, string>;
  return { ip: g.ip, method: g.method, path: g.path, status: +g.status, bytes: +g.bytes, when: parseWhen(g.when) };
});

const perClient = hits.reduce((m, h) => m.set(h.ip, (m.get(h.ip) || 0) + h.bytes), new Map<string, number>());
const errors = hits.filter((h) => h.status >= 400).map(({ method, path, status }) => `${method} ${path} -> ${status}`);
const span = (hits[hits.length - 1].when.getTime() - hits[0].when.getTime()) / 1000;

return { hits: hits.length, perClient, errors, span, first: hits[0].when };
