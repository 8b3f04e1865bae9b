// status: timeout
// code: wall_time_limit
// why: the return method of an async iterator answers with an endless thenable
const mk = () => ({ then(r) { r(mk()); } });
for await (const x of { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1 }), return: mk }) }) break;
