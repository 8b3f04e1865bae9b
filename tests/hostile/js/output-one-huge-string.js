// status: ok
// value: "after"
// timeout: 20s
// why: one string of sixteen mebibytes
console.log('y'.repeat(16 << 20));
'after';
