// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError","RangeError"]
// why: the parser meets chains of unary operators
['!', '- ', 'typeof ', 'void '].map((op) => { try { eval(op.repeat(1e5) + '1'); return 'none'; } catch (e) { return e.name; } });
