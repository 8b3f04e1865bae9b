// status: ok
// timeout: 20s
// value: "freed"
// why: a list of a hundred thousand links is freed at once
let list = null;
for (let i = 0; i < 100000; i++) list = { list };
list = null;
'freed';
