// status: limit
// code: value_limit
// timeout: 20s
// why: very many small elements
new Array(600000).fill(0);
