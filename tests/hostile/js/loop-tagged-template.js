// status: timeout
// code: wall_time_limit
// why: a tag that returns itself, called without end
const tag = () => tag;
for (;;) tag`a${1}b``c`;
