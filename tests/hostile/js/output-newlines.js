// status: ok
// value: "after"
// timeout: 20s
// why: lines are counted by what is shown, not by calls
console.log('\n'.repeat(200000));
'after';
