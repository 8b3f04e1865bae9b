// expect: {"order": ["fetch", "build", "test", "package", "lint", "approve", "deploy"], "total": 38,
//   "errors": ["cycle: a > b > a", "no task z"]}
// output: ["fetch   |=\nlint    | ==\nbuild   | ========\napprove |   ==============================\ntest    |         ============\npackage |                     ===\ndeploy  |                                 ====="]
interface Task { readonly name: string; readonly needs?: readonly string[]; readonly minutes: number }

const tasks = [
  { name: 'deploy', needs: ['package', 'approve'], minutes: 5 },
  { name: 'package', needs: ['build', 'test'], minutes: 3 },
  { name: 'build', needs: ['fetch'], minutes: 8 },
  { name: 'test', needs: ['build'], minutes: 12 },
  { name: 'lint', needs: ['fetch'], minutes: 2 },
  { name: 'fetch', minutes: 1 },
  { name: 'approve', needs: ['lint'], minutes: 30 },
] as const satisfies readonly Task[];

function plan(list: readonly Task[]): Map<string, { start: number; end: number }> {
  const byName = new Map(list.map((t) => [t.name, t]));
  const done = new Map<string, { start: number; end: number }>();
  const visiting: string[] = [];

  const visit = (name: string): number => {
    const known = done.get(name);
    if (known) return known.end;
    if (visiting.includes(name)) throw new Error(`cycle: ${[...visiting.slice(visiting.indexOf(name)), name].join(' > ')}`);
    const task = byName.get(name);
    if (task === undefined) throw new Error(`no task ${name}`);
    visiting.push(name);
    const start = Math.max(0, ...(task.needs ?? []).map(visit));
    visiting.pop();
    done.set(name, { start, end: start + task.minutes });
    return start + task.minutes;
  };

  for (const { name } of list) visit(name);
  return done;
}

const schedule = plan(tasks);
const gantt = [...schedule]
  .sort(([, a], [, b]) => a.start - b.start || a.end - b.end)
  .map(([name, { start, end }]) => `${name.padEnd(8)}|${' '.repeat(start)}${'='.repeat(end - start)}`);
console.log(gantt.join('\n'));

const errors = [[{ name: 'a', needs: ['b'], minutes: 1 }, { name: 'b', needs: ['a'], minutes: 1 }], [{ name: 'a', needs: ['z'], minutes: 1 }]]
  .map((bad: Task[]) => { try { return plan(bad); } catch (e) { return (e as Error).message; } });
({ order: [...schedule.keys()], total: Math.max(...[...schedule.values()].map((s) => s.end)), errors });
