// status: timeout
// code: wall_time_limit
// why: a regular expression that never ends, in compiled code
const text: string = 'a'.repeat(40) + '!';
const found = /^(a+)+$/.test(text) as boolean;
return found;
