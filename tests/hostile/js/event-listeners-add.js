// status: ok
// timeout: 20s
// value: [1,2,4]
// why: listeners that add listeners are told of the next event, not of this one
const t = new EventTarget();
let told = 0;
const add = () => { told++; t.addEventListener('a', () => add()); };
t.addEventListener('a', add);
const counts = [];
for (let i = 0; i < 3; i++) { told = 0; t.dispatchEvent(new Event('a')); counts.push(told); }
counts;
