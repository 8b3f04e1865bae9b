// expect: {"ok": {"Oslo": 3.5, "Berlin": 11, "Tokyo": 16.2}, "errors": [{"city": "Paris",
//   "message": "no such city: Paris", "isError": true}, {"city": "Gotham", "message": "no such city: Gotham",
//   "isError": true}]}
// output: ["2 of 5 failed"]
// tools: weather
const cities = ['Oslo', 'Paris', 'Berlin', 'Gotham', 'Tokyo'];
const results = await Promise.allSettled(cities.map((city) => tools.weather({ city })));

const report = results.reduce(
  (acc, result, i) => {
    if (result.status === 'fulfilled') acc.ok[cities[i]] = result.value.temp_c;
    else acc.errors.push({ city: cities[i], message: result.reason.message, isError: result.reason instanceof Error });
    return acc;
  },
  { ok: {}, errors: [] },
);

if (report.errors.length) console.warn(`${report.errors.length} of ${cities.length} failed`);
report
