// ours: a time beyond the longest delay of a timer is far, not near
const far = AbortSignal.timeout(2 ** 31 + 5);
setTimeout(() => console.log(far.aborted), 20);
void 0;
