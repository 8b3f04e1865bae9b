// status: timeout
// code: wall_time_limit
// why: a counted repetition of an empty group, nested
/(?:(?:(?:){4294967295}){4294967295}){4294967295}(?:(?:a?){65535}){65535}b/.test('a'.repeat(100000));
