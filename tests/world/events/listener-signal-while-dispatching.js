const target = new EventTarget(), controller = new AbortController();
target.addEventListener('x', () => { console.log('a'); controller.abort(); });
target.addEventListener('x', () => console.log('never'), {signal: controller.signal});
target.addEventListener('x', () => console.log('c'));
target.dispatchEvent(new Event('x'));
void 0;
