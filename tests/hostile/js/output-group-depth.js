// status: ok
// value: "after"
// timeout: 20s
// why: groups are opened without end, so that indentation grows
for (let i = 0; i < 3000; i++) if (console.group) console.group('g');
for (let i = 0; i < 100; i++) console.log('deep');
'after';
