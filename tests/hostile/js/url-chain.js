// status: ok
// timeout: 20s
// value: "http://h/0/0/0"
// why: each of thousands of URLs has the one before as its base
let u = new URL('http://h/');
for (let i = 0; i < 2000; i++) u = new URL('x'.repeat(10) + '/', u);
for (let i = 0; i < 2000; i++) u = new URL('../', u);
for (let i = 0; i < 3; i++) u = new URL('./0' + (i < 2 ? '/' : ''), u.href);
u.href;
