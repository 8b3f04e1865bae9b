// status: ok
// timeout: 20s
// value: 6
// why: text that is not well-formed
const s = ['\ud800', '\udfff', 'a\udc00\ud800b', '\ud83d', '\ude00\ud83d', '\udbff\udbff\udfff'];
for (const x of s) { console.log(x); console.log({ [x]: x }); console.error([x]); }
s.length;
