// expect: {"before": 974000, "after": 1021700, "gini": [0.22341, 0.23019], "untouched": true}
// tools: employees
const staff = await tools.employees({});
const copy = structuredClone(staff);

for (const person of copy) {
  const years = 2025 - Number(person.hired.slice(0, 4));
  person.raise = Math.min(0.02 + years * 0.005, 0.06);
  person.salary = Math.round((person.salary * (1 + person.raise)) / 100) * 100;
}

const sum = (list) => list.reduce((total, { salary }) => total + salary, 0);
const gini = (list) => {
  const s = list.map((p) => p.salary).sort((a, b) => a - b);
  const n = s.length;
  return s.reduce((acc, v, i) => acc + (2 * (i + 1) - n - 1) * v, 0) / (n * s.reduce((a, b) => a + b));
};
const untouched = staff.every((p) => p.raise === undefined);

({ before: sum(staff), after: sum(copy), gini: [gini(staff), gini(copy)].map((g) => +g.toFixed(5)), untouched })
