// status: limit
// code: value_limit
// timeout: 20s
// why: very many properties
const o = {};
for (let i = 0; i < 60000; i++) o['property number ' + i] = i;
o;
