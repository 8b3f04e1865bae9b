// status: ok
// value: "after"
// timeout: 20s
// why: the cut at the byte limit falls inside characters of four bytes
console.log('z' + '\u{1f600}'.repeat(400000));
'after';
