// ours: ids are numbers, as the HTML standard says; Node gives objects
const a = setTimeout(() => {}, 1), b = setInterval(() => {}, 1), c = setTimeout(() => {}, 1);
console.log(typeof a, typeof b, a > 0, Number.isInteger(a), b > a, c > b, setTimeout.length, setInterval.length);
clearInterval(b);
