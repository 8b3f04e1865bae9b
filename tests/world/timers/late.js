// both are overdue when the loop is over: the one that was due first comes first
setTimeout(() => console.log('20'), 20);
setTimeout(() => console.log('5'), 5);
const end = Date.now() + 40;
while (Date.now() < end);
setTimeout(() => console.log('1, made last'), 1);
void 0;
