// expect: [{"name": "Ada", "age": 35, "next": "2026-02-28", "weekday": "Wed"}, {"name": "Bob", "age": 25,
//   "next": "2028-02-29", "weekday": "Tue"}, {"name": "Cyd", "age": 39, "next": "2025-12-31", "weekday": "Tue"},
//   {"name": "Eve", "age": 26, "next": "2026-04-01", "weekday": "Thu"}, {"name": "Fay", "age": 17,
//   "next": "2025-04-02", "weekday": "Mon"}]
// tools: read_file, now
interface Person { name: string; born: string; city: string }

const [tsv, { iso }] = await Promise.all([tools.read_file({ path: 'people.tsv' }) as Promise<string>, tools.now()]);
const today = new Date(iso);

const [head, ...rows] = tsv.trimEnd().split('\n').map((line) => line.split('\t'));
const people = rows.map((cells) => Object.fromEntries(head.map((key, i) => [key, cells[i]])) as unknown as Person);

function age(born: string, on: Date): number {
  const [y, m, d] = born.split('-').map(Number);
  const years = on.getUTCFullYear() - y;
  const month = on.getUTCMonth() + 1;
  return month > m || (month === m && on.getUTCDate() >= d) ? years : years - 1;
}

function nextBirthday(born: string, on: Date): string {
  const [, m, d] = born.split('-').map(Number);
  for (let year = on.getUTCFullYear(); ; year++) {
    const date = new Date(Date.UTC(year, m - 1, d));
    const exists = date.getUTCDate() === d;
    if (exists && date.getTime() > on.getTime()) return date.toISOString().slice(0, 10);
  }
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
people.map(({ name, born }) => ({
  name,
  age: age(born, today),
  next: nextBirthday(born, today),
  weekday: WEEKDAYS[new Date(born).getUTCDay()],
}));
