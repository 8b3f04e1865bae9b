// ours: a listener of the signal that ends with the signal; the DOM standard takes it away first
const controller = new AbortController();
controller.signal.addEventListener('abort', () => console.log('never'), {signal: controller.signal});
controller.signal.addEventListener('abort', () => console.log('called'));
controller.abort();
