// status: ok
// timeout: 20s
// value: "end"
// why: a finalisation callback that never ends must not keep a finished run alive
new FinalizationRegistry(() => { for (;;); }).register({}, 1);
'end';
