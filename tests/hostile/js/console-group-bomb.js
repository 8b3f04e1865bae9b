// status: ok|limit|timeout
// code: memory_limit|wall_time_limit
// timeout: 1s
// why: every line of a text of lines is indented by a hundred groups: two hundred megabytes
for (let i = 0; i < 100000; i++) console.group();
try { console.log('\n'.repeat(1000000)); } catch {}
for (let i = 0; i < 200000; i++) console.groupEnd();
console.log('after');
'after';
