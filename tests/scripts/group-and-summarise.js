// expect: {"summary": [{"dept": "R&D", "head": "Ada", "averageAge": 32.5, "skills": ["c", "js", "python"]},
//   {"dept": "Ops", "head": "Eve", "averageAge": 46.5, "skills": ["bash"]}, {"dept": "Law", "head": "Fay",
//   "averageAge": 47, "skills": ["none"]}], "decades": {"30s": 1, "40s": 2, "20s": 1, "50s": 1}}
const people = [
  { name: 'Ada', dept: 'R&D', age: 36, skills: ['js', 'c'] },
  { name: 'Bob', dept: 'Ops', age: 41, skills: ['bash'] },
  { name: 'Cyd', dept: 'R&D', age: 29, skills: ['python', 'js'] },
  { name: 'Eve', dept: 'Ops', age: 52, skills: [] },
  { name: 'Fay', dept: 'Law', age: 47 },
];

const groupBy = (list, key) =>
  list.reduce((groups, item) => {
    const k = typeof key === 'function' ? key(item) : item[key];
    (groups[k] = groups[k] || []).push(item);
    return groups;
  }, {});

const summary = Object.entries(groupBy(people, 'dept')).map(([dept, members]) => ({
  dept,
  head: members.reduce((a, b) => (b.age > a.age ? b : a)).name,
  averageAge: members.reduce((s, m) => s + m.age, 0) / members.length,
  skills: [...new Set(members.flatMap((m) => m.skills ?? ['none']))].sort(),
}));

const decades = groupBy(people, ({ age }) => `${Math.floor(age / 10)}0s`);
return { summary, decades: Object.fromEntries(Object.entries(decades).map(([k, v]) => [k, v.length])) };
