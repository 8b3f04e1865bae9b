// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError"]
// why: the parser meets chains of operators that bind to the right
['1?1:', 'a=', '2**'].map((op) => { try { eval('var a;' + op.repeat(1e5) + '1'); return 'none'; } catch (e) { return e.name; } });
