// expect: {"mean": 8.333333333333334, "median": 8, "text": "1,234,567.89 USD"}
// output: ["mean median"]
// module: stats=stats.ts
// module: format=format.js
import * as stats from 'stats';
import format from 'format';

const samples = [12, 7, 3, 14, 9, 5];
const { mean, median } = stats;
console.log(Object.keys(stats).sort().join(' '));
({ mean: mean(samples), median: median(samples), text: format(1234567.891, 'USD') });
