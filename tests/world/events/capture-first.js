// ours: at the target, too, capturing listeners come first, as the DOM standard says since 2021; Node keeps one order
const target = new EventTarget();
target.addEventListener('x', (e) => console.log('bubble', e.eventPhase));
target.addEventListener('x', (e) => console.log('capture', e.eventPhase), true);
target.dispatchEvent(new Event('x'));
target.addEventListener('y', () => console.log('never: propagation was stopped before the second pass'));
target.addEventListener('y', (e) => { e.stopPropagation(); console.log('stop'); }, {capture: true});
target.addEventListener('y', () => console.log('same pass'), {capture: true});
target.dispatchEvent(new Event('y'));
void 0;
