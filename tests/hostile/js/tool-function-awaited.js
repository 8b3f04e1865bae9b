// status: ok
// timeout: 20s
// value: "settled"
// tools: echo
// why: the function of a tool is no thenable
await tools.echo;
'settled';
