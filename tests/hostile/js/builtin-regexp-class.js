// status: timeout
// code: wall_time_limit
// why: classes of ten thousand scattered characters under case folding
let s = '';
for (let i = 0; i < 10000; i++) s += String.fromCharCode(0x3400 + i * 3);
for (;;) new RegExp('[^' + s + ']', 'iv');
