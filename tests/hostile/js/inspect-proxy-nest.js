// status: ok
// timeout: 20s
// value: "after"
// why: a proxy of a proxy of a proxy, a hundred thousand deep, and one whose handler it is itself
let p = { a: 1 };
for (let i = 0; i < 100000; i++) p = new Proxy(p, {});
console.log(p, [p]);
console.log('%s', [p]);
'after';
