// status: ok
// timeout: 20s
// value: 256
// why: NUL, escape sequences, bells and every other control character
let s = '';
for (let i = 0; i < 256; i++) s += String.fromCharCode(i);
console.log(s);
console.log('\x1b[2J\x1b]0;title\x07\x1b[31mred\r\n\0\0after\x9b\x7f\u2028\u2029\ufeff\u202e');
console.log({ [s]: s });
s.length;
