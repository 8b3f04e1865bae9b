// ours: as the DOM standard says (Node: in the order of adding): listeners that end with the signal are gone when its own listeners run
const target = new EventTarget(), controller = new AbortController();
controller.signal.addEventListener('abort', () => { console.log('abort'); target.dispatchEvent(new Event('x')); });
target.addEventListener('x', () => console.log('never'), {signal: controller.signal});
controller.abort();
