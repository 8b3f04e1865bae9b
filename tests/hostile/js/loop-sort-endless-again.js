// status: timeout
// code: wall_time_limit
// why: sort is called again out of its own comparator, always one level deep
let deep = 0;
const a = [2, 1];
a.sort(() => {
  if (deep) return 0;
  for (;;) { deep = 1; a.sort(() => 0); deep = 0; }
});
