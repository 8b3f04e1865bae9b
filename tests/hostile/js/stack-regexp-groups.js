// status: ok
// timeout: 20s
// value: ["SyntaxError","SyntaxError","SyntaxError","SyntaxError"]
// why: the regex compiler meets deep groups, lookarounds and classes
[['(?:', ')', 'u'], ['(?=', ')', ''], ['(?<!', ')', ''], ['[', ']', 'v']].map(([o, c, f]) => {
  try { new RegExp(o.repeat(1e5) + c.repeat(1e5), f); return 'none'; } catch (e) { return e.name; }
});
