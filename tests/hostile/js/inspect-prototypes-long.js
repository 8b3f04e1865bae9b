// status: ok
// timeout: 20s
// value: "after"
// why: a hundred thousand prototypes above one object, with and without a constructor at the far end
let o = Object.create(null), e = new Error('x');
for (let i = 0; i < 100000; i++) { o = Object.create(o); e = Object.create(e); }
console.log(o, e, [o, e]);
console.log('%s %s', o, e);
console.dir(o, { showHidden: true });
'after';
