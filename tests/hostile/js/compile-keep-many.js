// status: ok
// timeout: 20s
// value: 4000
// why: four thousand bindings at the top level of a script with a return
@@4000*let b# = #;@@
return b3999 + 1;
