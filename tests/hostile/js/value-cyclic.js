// status: ok
// timeout: 20s
// why: a value that contains itself ends, with tags
const o = { list: [] };
o.self = o;
o.list.push(o.list);
o;
