// status: limit
// code: value_limit
// timeout: 20s
// why: sixty shared objects whose text would be of 2^60 parts
let a = { end: 'leaf' };
for (let i = 0; i < 60; i++) a = { l: a, r: a };
a;
