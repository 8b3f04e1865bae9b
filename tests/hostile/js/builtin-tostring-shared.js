// status: timeout
// code: wall_time_limit
// why: join of shared arrays whose text is empty
let a = [];
for (let i = 0; i < 60; i++) a = [a, a];
Array.prototype.toString = function () { return this.join(''); };
String(a);
