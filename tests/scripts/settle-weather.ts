// expect: {"warmest": "Lima", "mean": 16.3, "failed": {"Atlantis": "not_found"}}
// tools: weather
const cities = ['Oslo', 'Atlantis', 'Madrid', 'Lima'] as const;
type City = (typeof cities)[number];
type Report = { city: string; temp_c: number; wind_kmh: number; sky: string };

const settled = await Promise.allSettled(cities.map((city) => tools.weather({ city }) as Promise<Report>));

const ok: Report[] = [];
const failed: Partial<Record<City, string>> = {};
settled.forEach((outcome, i) => {
  if (outcome.status === 'fulfilled') ok.push(outcome.value);
  else failed[cities[i]] = outcome.reason.code;
});

const warmest = ok.toSorted((a, b) => b.temp_c - a.temp_c)[0];
const mean = ok.reduce((s, r) => s + r.temp_c, 0) / ok.length;

return { warmest: warmest.city, mean: Math.round(mean * 10) / 10, failed };
