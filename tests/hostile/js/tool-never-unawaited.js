// status: ok
// timeout: 20s
// value: "end"
// tools: never
// why: a pending call at the end must not keep the run alive
tools.never({}).then(() => { for (;;); });
'end';
