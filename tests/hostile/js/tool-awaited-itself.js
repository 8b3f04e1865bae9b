// status: ok
// timeout: 20s
// value: "settled"
// tools: echo
// why: tools itself is no thenable
await tools;
'settled';
