// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: a global match collects the results of an own exec that never fails
const re = /a/g;
re.exec = () => ['a'];
'a'.match(re);
