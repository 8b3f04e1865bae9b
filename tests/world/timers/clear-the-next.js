// of two timers that are due together the first clears the second
const a = setTimeout(() => { console.log('a'); clearTimeout(b); }, 5);
const b = setTimeout(() => console.log('b'), 5);
const c = setTimeout(() => console.log('c'), 5);
void 0;
