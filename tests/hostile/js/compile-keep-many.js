// status: ok
// timeout: 20s
// memory: 256MiB
// value: 20000
// why: twenty thousand bindings at the top level of a script with a return
@@20000*let b# = #;@@
return b19999 + 1;
