// status: error|limit|ok
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a pattern nested ten thousand deep at the top level of a script with a return
const @@10000*{a:@@b@@10000*}@@ = {};
return b;
