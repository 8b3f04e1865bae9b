// status: timeout
// code: wall_time_limit
// why: Symbol.replace trusts an own exec, which never answers
const re = /x/;
re.exec = () => { for (;;); };
'abc'.replace(re, '');
