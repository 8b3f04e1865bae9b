// status: ok
// value: ["TypeError","TypeError","TypeError"]
// why: bellard/quickjs issue 454: a constructor assigns itself to a global that cannot be written; the exception freed what was still held
const seen = [];
for (const name of ['Infinity', 'NaN', 'undefined'])
  try { (0, eval)(`(class { constructor() { ${name} = this; } })`); new ((0, eval)(`(class { constructor() { ${name} = this; } })`))(); } catch (e) { seen.push(e.name); }
seen;
