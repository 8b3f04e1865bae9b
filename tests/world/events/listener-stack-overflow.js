// ours: endless recursion over events ends, and the target still works
const target = new EventTarget();
let depth = 0, n = 0;
target.addEventListener('x', () => { depth++; target.dispatchEvent(new Event('x')); });
try { target.dispatchEvent(new Event('x')); } catch (e) { n++; }
console.log(depth > 50);
target.addEventListener('y', (e) => console.log(e.type, e.eventPhase));
target.dispatchEvent(new Event('y'));
void 0;
