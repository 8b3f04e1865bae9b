// expect: {"summary": {"p50": 41, "p90": 740.0000000000001, "max": 1204},
//   "masked": [" ERROR worker job=N failed: timeout after Ns", " ERROR api request id=aN path=/login ms=N status=N",
//   " ERROR worker job=N failed: out of memory"]}
// output: ["3 errors, p90 is 740 ms"]
// tools: logs
const [errors, api] = await Promise.all([tools.logs({ contains: 'ERROR' }), tools.logs({ contains: ' api ' })]);

const durations = api
  .map((line) => line.match(/ms=(\d+)/)?.[1])
  .filter((ms) => ms !== undefined)
  .map(Number)
  .sort((a, b) => a - b);

function percentile(sorted, p) {
  const rank = (p / 100) * (sorted.length - 1);
  const low = Math.floor(rank);
  const high = Math.ceil(rank);
  return sorted[low] + (sorted[high] - sorted[low]) * (rank - low);
}

const summary = { p50: percentile(durations, 50), p90: percentile(durations, 90), max: durations.at(-1) };
const masked = errors.map((line) => line.slice(20).replace(/\d+/g, 'N').replace(/\s+/g, ' '));

console.log('%d errors, p90 is %i ms', errors.length, summary.p90);
return { summary, masked };
