// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError","RangeError"]
// why: the parser meets statements in statements
['if(1)', 'while(0)', 'do ', 'if(0);else '].map((t) => {
  try { eval(t.repeat(1e5) + ';'); return 'none'; } catch (e) { return e.name; }
});
