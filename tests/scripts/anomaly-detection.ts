// expect: 9
// output: ["02:30 cpu 55", "03:00 cpu 61", "03:30 cpu 58", "06:00 cpu 90", "03:00 latency_ms 240",
//   "03:30 latency_ms 251", "02:30 requests 900", "03:00 requests 950", "03:30 requests 910"]
// tools: metrics
interface Series { name: string; start: string; step_minutes: number; values: number[] }
interface Anomaly { metric: string; at: string; value: number; z: number }

function median(values: readonly number[]): number {
  const s = [...values].sort((a, b) => a - b);
  const m = Math.floor(s.length / 2);
  return s.length % 2 === 0 ? (s[m - 1]! + s[m]!) / 2 : s[m]!;
}

function anomalies(series: Series, threshold = 6): Anomaly[] {
  const m = median(series.values);
  const mad = median(series.values.map((v) => Math.abs(v - m)));
  const start = Date.parse(series.start);
  return series.values
    .map((value, i) => ({
      metric: series.name,
      at: new Date(start + i * series.step_minutes * 60_000).toISOString(),
      value,
      z: Math.round((0.6745 * (value - m) * 100) / mad) / 100,
    }))
    .filter(({ z }) => Math.abs(z) > threshold);
}

const found = (await Promise.all(['cpu', 'latency_ms', 'requests'].map((name) => tools.metrics({ name }))))
  .flatMap((s: Series) => anomalies(s));

for (const a of found) console.log(`${a.at.slice(11, 16)} ${a.metric} ${a.value}`);
return found.length;
