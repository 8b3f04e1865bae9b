// expect: {"median": 98000, "above": ["Nils", "Quyn"]}
// tools: employees
// module: stats=stats.ts
import { median } from 'stats';

interface Person { name: string; team: string; salary: number }

await main('engineering');

async function main(team: string): Promise<{ median: number; above: string[] }> {
  const people = (await tools.employees({})) as Person[];
  const members = people.filter((p) => p.team === team);
  const middle = median(members.map((p) => p.salary));
  return { median: middle, above: names(members, middle) };
}

function names(people: Person[], limit: number): string[] {
  return people.filter(({ salary }) => salary > limit).map(({ name }) => name).sort();
}
