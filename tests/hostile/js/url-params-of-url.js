// status: ok|timeout
// code: wall_time_limit
// timeout: 1s
// why: each of ten thousand pairs that are appended to the parameters of a URL makes its whole text again
const u = new URL('http://h/');
for (let i = 0; i < 10000; i++) u.searchParams.append('k' + i, 'v');
u.searchParams.size;
