// status: timeout
// code: wall_time_limit
// why: a polynomial blow-up without nested quantifiers
/a*a*a*a*a*a*a*a*b$/.test('a'.repeat(3000));
