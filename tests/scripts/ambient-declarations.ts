// expect: {"q1": 13.75, "q2": 14.5, "q3": 26.5, "outliers": [55, 61, 58, 90], "hasFetch": false}
// tools: metrics
declare const tools: { metrics(args: { name: string }): Promise<{ values: number[] }> };
declare function fetch(url: string): never;
declare global {
  interface Array<T> { unused?: T }
}
declare namespace Stats {
  interface Quartiles { q1: number; q2: number; q3: number }
}

const hasFetch: boolean = typeof fetch === 'function' && false;

function quartiles(values: readonly number[]): Stats.Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): number => {
    const i = (sorted.length - 1) * p;
    const [lo, hi] = [Math.floor(i), Math.ceil(i)] as const;
    return sorted[lo]! + (sorted[hi]! - sorted[lo]!) * (i - lo);
  };
  return { q1: at(0.25), q2: at(0.5), q3: at(0.75) };
}

const { values } = await tools.metrics({ name: 'cpu' });
const { q1, q2, q3 }: Stats.Quartiles = quartiles(values);
const fence = q3 + 1.5 * (q3 - q1);
({ q1, q2, q3, outliers: values.filter((v) => v > fence), hasFetch });
