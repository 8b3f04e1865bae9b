// status: ok
// value: "after"
// timeout: 20s
// why: more bytes than are kept: truncated, and the run goes on
for (let i = 0; i < 40; i++) console.log('x'.repeat(65536));
'after';
