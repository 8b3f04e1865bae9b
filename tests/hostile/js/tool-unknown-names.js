// status: ok
// timeout: 20s
// value: ["unknown_tool","unknown_tool","unknown_tool","unknown_tool"]
// tools: echo
// why: names that break naive tables: empty, with NUL, very long, not well-formed
await Promise.all(['', 'echo\0', 'x'.repeat(100000), '\ud800'].map((n) => tools[n]({}).catch((e) => e.code)));
