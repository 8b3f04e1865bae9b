// status: ok
// timeout: 20s
// value: "after"
// why: printing a proxy must not call its traps
console.log(new Proxy({ a: 1 }, new Proxy({}, { get() { for (;;); } })));
'after';
