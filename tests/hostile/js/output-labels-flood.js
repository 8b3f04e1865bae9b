// status: ok
// value: "after"
// timeout: 20s
// why: very many labels of counters and timers
for (let i = 0; i < 5000; i++) { if (console.count) console.count('label ' + i); if (console.time) console.time('timer ' + i); }
'after';
