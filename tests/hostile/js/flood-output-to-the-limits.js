// status: ok
// value: "done"
// timeout: 20s
// limits: console_bytes=1048576, console_lines=1000000, display=1048576
// why: output in the smallest pieces, and one that fills what is left
for (let i = 0; i < 30000; i++) console.log(i % 7 ? '' : 'x');
console.error('y'.repeat(1 << 20));
for (let i = 0; i < 3000; i++) try { display(i); } catch {}
'done';
