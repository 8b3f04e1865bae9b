// expect: 3
// output: ["   100 m in 10s      = 10.438 m/s\n 42195 m in 2h 35s   = 5.832 m/s\n  1500 m in 3m 26s   = 7.282 m/s"]
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };
type Metres = Brand<number, 'metres'>;
type Seconds = Brand<number, 'seconds'>;

const metres = (n: number) => n as Metres;
const seconds = (n: number) => n as Seconds;

function speed(distance: Metres, time: Seconds): number {
  return distance / time;
}

function parseDuration(text: string): Seconds {
  const unit: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  let total = 0;
  let rest = text;
  while (rest) {
    const m = rest.match(/^\s*(\d+(?:\.\d+)?)(ms|h|m|s)/);
    if (!m) throw new SyntaxError(`not a duration: ${text}`);
    total += Number(m[1]) * unit[m[2]];
    rest = rest.slice(m[0].length);
  }
  return seconds(total);
}

function formatDuration(s: Seconds): string {
  const parts: [number, string][] = [[Math.floor(s / 3600), 'h'], [Math.floor((s % 3600) / 60), 'm'], [Math.round(s % 60), 's']];
  return parts.filter(([n]) => n > 0).map(([n, u]) => `${n}${u}`).join(' ') || '0s';
}

const runs: [Metres, string][] = [[metres(100), '9.58s'], [metres(42_195), '2h 0m 35s'], [metres(1500), '3m26s']];
const table = runs.map(([d, t]) => {
  const time = parseDuration(t);
  return `${String(d).padStart(6)} m in ${formatDuration(time).padEnd(8)} = ${speed(d, time).toFixed(3)} m/s`;
});
console.log(table.join('\n'));
table.length
