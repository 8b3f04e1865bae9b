// status: timeout
// code: wall_time_limit
// why: registered symbols that nobody holds must be given back
for (let i = 0; ; i++) Symbol.for('registered '.repeat(20) + i);
