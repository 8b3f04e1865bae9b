// status: ok
// value: "done"
// timeout: 20s
// tools: echo
// why: the global object, tools and console as arguments
for (const a of [globalThis, tools, console, { t: tools }, [Function.prototype], Object.prototype]) await tools.echo(a).catch(() => {});
'done';
