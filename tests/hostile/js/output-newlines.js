// status: ok
// value: "after"
// timeout: 3s
// why: lines are counted by what is shown, not by calls
console.log('\n'.repeat(200000));
'after';
