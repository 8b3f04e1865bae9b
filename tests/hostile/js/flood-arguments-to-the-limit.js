// status: ok
// value: [1048573,1048574,"argument_limit"]
// tools: echo
// timeout: 20s
// limits: tool_calls=100000, tool_calls_each=100000
// why: arguments of exactly the limit of 1 MiB, of one byte less, and of one more, and their answers
const codes = [];
for (const more of [-1, 0, 1])
  for (let i = 0; i < 8; i++)
    try { codes.push((await tools.echo('x'.repeat((1 << 20) - 2 + more))).length); } catch (e) { codes.push(e.code); }
[...new Set(codes)];
