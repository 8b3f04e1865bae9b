// status: ok
// timeout: 20s
// value: 300
// why: native sort of typed arrays with a comparator that answers NaN, objects and nonsense
const answers = [NaN, undefined, {}, -Infinity, 1, 'x', null, -0];
let n = 0;
new Int8Array(300).map((_, i) => i * 7).sort(() => answers[n++ % 8]).length;
