// status: limit
// code: memory_limit
// timeout: 20s
// why: a linked list that grows at its head
let head = null;
for (;;) head = { head };
