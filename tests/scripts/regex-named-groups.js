// expect: {"entries": [{"date": "2025-03-01", "level": "warn", "disk": "81%", "host": "web-1"}, {"date": "2025-03-02",
//   "level": "error", "disk": "97%", "host": "web-2", "msg": "no space left"}, {"date": "2025-03-02", "level": "info",
//   "host": "db-1"}], "swapped": "01.03.2025 and 31.12.1999", "camel": ["some_long_name", "xml_http_request",
//   "already_snake"], "behind": ["42", "17"], "password": [false, false, true], "sticky": ["123", 6], "unicode": "EaE",
//   "split": ["a", "1", "b", "22", "c"]}
const log = [
  '2025-03-01 [warn] disk=81% host=web-1',
  '2025-03-02 [error] disk=97% host=web-2 msg="no space left"',
  'garbage',
  '2025-03-02 [info] host=db-1',
];

const line = /^(?<date>(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)) \[(?<level>\w+)\] (?<rest>.*)$/;
const pair = /(?<key>\w+)=(?:"(?<quoted>[^"]*)"|(?<plain>\S+))/g;

const entries = log.flatMap((text) => {
  const match = line.exec(text);
  if (!match) return [];
  const { date, level, rest } = match.groups;
  const fields = {};
  for (const { groups: { key, quoted, plain } } of rest.matchAll(pair)) fields[key] = quoted ?? plain;
  return [{ date, level, ...fields }];
});

const swapped = '2025-03-01 and 1999-12-31'.replace(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/g, '$<d>.$<m>.$<y>');
const camel = ['some-long-name', 'XMLHttpRequest', 'already_snake'].map((s) =>
  s.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replace(/-/g, '_').toLowerCase());
const behind = 'cost: $42, €17, 99'.match(/(?<=[$€])\d+/g);
const password = ['short1A', 'longenough', 'LongEnough1'].map((p) => /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,}$/.test(p));
const sticky = /\d+/y;
sticky.lastIndex = 3;

({ entries, swapped, camel, behind, password, sticky: [sticky.exec('abc123')?.[0], sticky.lastIndex], unicode: '🙂a🙃'.replace(/\p{Emoji}/gu, 'E'), split: 'a1b22c'.split(/(\d+)/) });
