// expect: {"rows": [{"city": "Oslo", "felt": -1.1, "comfort": "freezing"}, {"city": "Berlin", "felt": 11,
//   "comfort": "mild"}, {"city": "Tokyo", "felt": 16.2, "comfort": "mild"}, {"city": "Lima", "felt": 24,
//   "comfort": "warm"}], "buckets": {"freezing": 1, "cold": 0, "mild": 2, "warm": 1}}
// tools: weather
enum Comfort {
  Freezing = 'freezing',
  Cold = 'cold',
  Mild = 'mild',
  Warm = 'warm',
}

function windChill(tempC: number, windKmh: number): number {
  if (tempC > 10 || windKmh < 4.8) return tempC;
  const v = Math.pow(windKmh, 0.16);
  return 13.12 + 0.6215 * tempC - 11.37 * v + 0.3965 * tempC * v;
}

function comfort(tempC: number): Comfort {
  if (tempC < 0) return Comfort.Freezing;
  if (tempC < 10) return Comfort.Cold;
  if (tempC < 20) return Comfort.Mild;
  return Comfort.Warm;
}

const names: string[] = ['Oslo', 'Berlin', 'Tokyo', 'Lima'];
const reports = await Promise.all(names.map((city) => tools.weather({ city })));
const rows = reports.map(({ city, temp_c, wind_kmh }: { city: string; temp_c: number; wind_kmh: number }) => {
  const felt = Math.round(windChill(temp_c, wind_kmh) * 10) / 10;
  return { city, felt, comfort: comfort(felt) };
});

const buckets = Object.values(Comfort).map((level) => [level, rows.filter((r) => r.comfort === level).length] as const);
({ rows, buckets: Object.fromEntries(buckets) })
