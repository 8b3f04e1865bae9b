// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a script with a top-level return that only the engine's parser would take
return @@40000*(@@1@@40000*)@@;
