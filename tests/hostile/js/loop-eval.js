// status: timeout
// code: wall_time_limit
// why: eval compiles without end
for (let i = 0; ; i = (i + 1) % 7) eval('var v' + i + ' = ' + i);
