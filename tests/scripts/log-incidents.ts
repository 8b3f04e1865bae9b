// expect: {"matrix": {"api": {"INFO": 3, "WARN": 1, "ERROR": 1}, "worker": {"ERROR": 2, "INFO": 1, "WARN": 1},
//   "cron": {"INFO": 1}}, "slow": ["a2", "job 78"], "failedJobs": [77, 79], "minutes": 4.95}
// tools: logs
type Level = 'INFO' | 'WARN' | 'ERROR';
interface Entry { at: Date; level: Level; service: string; message: string; fields: Record<string, string> }

const pattern = /^(?<at>\S+) (?<level>INFO|WARN|ERROR)\s+(?<service>\w+)\s+(?<message>.*)$/;

function parse(line: string): Entry {
  const groups = pattern.exec(line)?.groups;
  if (!groups) throw new Error(`bad line: ${line}`);
  const fields = Object.fromEntries(Array.from(groups.message.matchAll(/(\w+)=(\S+)/g), (m) => [m[1], m[2]]));
  return { at: new Date(groups.at), level: groups.level as Level, service: groups.service, message: groups.message, fields };
}

const entries: Entry[] = (await tools.logs({})).map(parse);

const matrix: Record<string, Partial<Record<Level, number>>> = {};
for (const { service, level } of entries) {
  const row = (matrix[service] ||= {});
  row[level] = (row[level] ?? 0) + 1;
}

const slow = entries.filter((e) => Number(e.fields.ms) > 1000).map((e) => e.fields.id ?? `job ${e.fields.job}`);
const failedJobs = entries.flatMap((e) => (e.level === 'ERROR' && e.fields.job ? [Number(e.fields.job)] : []));
const minutes = (entries.at(-1)!.at.valueOf() - entries[0].at.valueOf()) / 60_000;

return { matrix, slow, failedJobs, minutes: Math.round(minutes * 100) / 100 };
