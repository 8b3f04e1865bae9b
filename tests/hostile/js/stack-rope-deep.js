// status: ok
// timeout: 20s
// value: [100002,97,98]
// why: a rope that leans to one side is flattened without deep recursion
let s = 'b';
for (let i = 0; i < 50000; i++) s = 'a' + s;
for (let i = 0; i < 50001; i++) s = s + 'b';
[s.length, s.charCodeAt(0), s.charCodeAt(s.length - 1)];
