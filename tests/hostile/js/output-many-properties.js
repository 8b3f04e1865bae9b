// status: ok
// value: "after"
// timeout: 20s
// why: an object of fifty thousand properties with awkward names
const o = {};
for (let i = 0; i < 50000; i++) o["it's \"" + i + '\n'] = i;
console.log(o);
'after';
