// expect: {"perTeam": {"board": {"n": 1, "min": 190000, "max": 190000, "median": 190000}, "engineering": {"n": 5,
//   "min": 66000, "max": 140000, "median": 98000}, "sales": {"n": 4, "min": 52000, "max": 120000, "median": 67500}},
//   "bands": {"junior": ["Vera"], "mid": ["Rosa", "Sven", "Tess", "Umar"], "senior": ["Piet", "Quyn"], "lead": ["Mara",
//   "Nils", "Olga"]}}
// tools: employees
type Band = 'junior' | 'mid' | 'senior' | 'lead';
const limits: [Band, number][] = [['junior', 60_000], ['mid', 80_000], ['senior', 110_000], ['lead', Infinity]];

const bandOf = (salary: number): Band => limits.find(([, max]) => salary < max)![0];

const staff = (await tools.employees()) as { name: string; team: string; salary: number; hired: string }[];

type Stats = { n: number; min: number; max: number; median: number };
function stats(values: number[]): Stats {
  const sorted = [...values].sort((a, b) => a - b);
  const mid = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[mid] : (sorted[mid - 1] + sorted[mid]) / 2;
  return { n: sorted.length, min: sorted[0], max: sorted.at(-1)!, median };
}

const groups = new Map<string, number[]>();
for (const person of staff) {
  const list = groups.get(person.team);
  if (list) list.push(person.salary);
  else groups.set(person.team, [person.salary]);
}

const perTeam: Record<string, Stats> = {};
for (const [team, salaries] of groups) perTeam[team] = stats(salaries);

const bands = staff.reduce((acc, { name, salary }) => {
  acc[bandOf(salary)].push(name);
  return acc;
}, { junior: [], mid: [], senior: [], lead: [] } as Record<Band, string[]>);

({ perTeam, bands });
