// status: timeout
// code: wall_time_limit
// why: a global match is wound back for ever
const re = /a/g;
while (re.exec('a')) re.lastIndex = 0;
