// expect: {"matrix": [[1, 0.530046, 0.629634], [0.530046, 1, 0.807765], [0.629634, 0.807765, 1]], "histogram": [0, 12,
//   0, 0, 0, 2, 1, 0, 0, 1]}
// tools: metrics
const names = ['cpu', 'latency_ms', 'requests'];
const series = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, (await tools.metrics({ name })).values])),
);

function pearson(x, y) {
  const n = x.length;
  const mx = x.reduce((a, b) => a + b) / n;
  const my = y.reduce((a, b) => a + b) / n;
  let num = 0, dx = 0, dy = 0;
  for (let i = 0; i < n; i++) {
    num += (x[i] - mx) * (y[i] - my);
    dx += (x[i] - mx) ** 2;
    dy += (y[i] - my) ** 2;
  }
  return num / Math.sqrt(dx * dy);
}

const matrix = names.map((a) => names.map((b) => Number(pearson(series[a], series[b]).toFixed(6))));
const histogram = series.cpu.reduce((bins, v) => (bins[Math.min(9, Math.floor(v / 10))]++, bins), new Array(10).fill(0));
return { matrix, histogram };
