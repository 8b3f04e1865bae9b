// expect: {"peak": 797.5, "first": 417, "ema": [447.3919, 432.5743, 426.402]}
// output: ["▅▅▆▇██▇▆▅▅▅▅▅"]
// tools: metrics
const { values }: { values: number[] } = await tools.metrics({ name: 'requests' });

function* windows<T>(items: T[], size: number): Generator<T[]> {
  for (let i = 0; i + size <= items.length; i++) yield items.slice(i, i + size);
}

const average = (xs: number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;
const smooth = [...windows(values, 4)].map(average);

const peak = Math.max(...smooth);
const spark = smooth.map((v) => '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor((v / peak) * 8))]).join('');

// exponential smoothing beside it
const alpha = 0.3;
const ema = values.reduce<number[]>((acc, v, i) => {
  acc.push(i === 0 ? v : alpha * v + (1 - alpha) * acc[i - 1]);
  return acc;
}, []);

console.log(spark);
({ peak, first: smooth[0], ema: ema.slice(-3).map((v) => Number(v.toFixed(4))) });
