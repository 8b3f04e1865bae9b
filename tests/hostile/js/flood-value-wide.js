// status: ok
// value: [131071,20000]
// timeout: 20s
// tools: echo
// why: as many values as fit into a mebibyte of JSON, as argument, answer and value
const wide = Array((1 << 17) - 1).fill(1);
const back = await tools.echo(wide);
const keys = Object.fromEntries(Array.from({ length: 20000 }, (_, i) => ['k' + i, 0]));
const more = await tools.echo(keys);
[back.length, Object.keys(more).length];
