// status: ok
// timeout: 20s
// context: {"list": [@@500*[@@@@500*]@@, 1]}
// value: 500
// why: a context that is nested five hundred deep
let depth = 0;
for (let v = context.list[0]; v; v = v[0]) depth++;
depth;
