// status: error|limit|timeout
// code: memory_limit|syntax_error|wall_time_limit
// timeout: 5s
// why: the name of an enum stands twice in the code of each of its members: a mebibyte becomes terabytes
enum @@400000*N@@ { @@60000*M#, @@ }
1;
