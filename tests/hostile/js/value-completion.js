// status: ok
// timeout: 20s
// value: 2
// why: the completion value of the last statement that has one
var x;
for (let i = 0; i < 3; i++) x = i;
