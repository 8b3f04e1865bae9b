setTimeout((...args) => console.log(args.length, JSON.stringify(args)), 1);
setTimeout((...args) => console.log(args.length, JSON.stringify(args)), 1, undefined);
setTimeout((...args) => console.log(args.length, JSON.stringify(args)), 1, 1, 'two', {three: 3}, [4]);
setTimeout(function () { console.log(arguments.length); }, 1, 1, 2, 3, 4, 5, 6, 7, 8);
let n = 0;
const id = setInterval((a, b) => { console.log(a, b); if (++n === 2) clearInterval(id); }, 1, 'x', 'y');
void 0;
