// status: timeout
// code: wall_time_limit
// why: ropes are built and flattened again and again
for (;;) {
  let s = '';
  for (let i = 0; i < 20; i++) s = s + 'abcdefgh' + s;
  s.charCodeAt(s.length - 1);
}
