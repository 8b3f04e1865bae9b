// status: timeout
// code: wall_time_limit
// polls: no
// copies: 12
// timeout: 500ms
// why: runs at once inside of a built-in that asks for no interrupt
const r = /^(a+)+$/;
for (;;) 'a'.repeat(200).padEnd(201, 'b').split('').sort(() => 0).join('').replace(r, '');
