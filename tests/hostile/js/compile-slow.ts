// status: timeout|error|limit
// code: wall_time_limit|syntax_error|memory_limit
// timeout: 60ms
// why: a source that takes longer to compile than its run may last
@@20000*const v# = (a: number): number => a;@@
