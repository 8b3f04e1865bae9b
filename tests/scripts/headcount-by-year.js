// expect: {"cumulative": ["2015:1", "2016:2", "2017:3", "2018:4", "2019:5", "2021:6", "2022:7", "2023:8", "2024:10"],
//   "spans": ["Mara leads 2", "Nils leads 2", "Olga leads 2", "Piet leads 2", "Rosa leads 1"], "vera": ["Rosa", "Olga",
//   "Mara"]}
// tools: employees
const staff = await tools.employees();
const byId = new Map(staff.map((person) => [person.id, person]));

const chain = (person) => (person.manager === null ? [] : [byId.get(person.manager).name, ...chain(byId.get(person.manager))]);

const perYear = staff.reduce((acc, { hired }) => {
  const year = hired.slice(0, 4);
  return { ...acc, [year]: (acc[year] ?? 0) + 1 };
}, {});

let running = 0;
const cumulative = Object.keys(perYear).sort().map((year) => `${year}:${(running += perYear[year])}`);

const spans = Object.entries(
  staff.reduce((acc, { manager }) => (manager === null ? acc : { ...acc, [manager]: (acc[manager] ?? 0) + 1 }), {}),
).map(([id, n]) => `${byId.get(Number(id)).name} leads ${n}`);

return { cumulative, spans, vera: chain(staff.find((p) => p.name === 'Vera')) };
