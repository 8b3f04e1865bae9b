// ours: the handler keeps the place that it took first, as HTML says
const controller = new AbortController(), {signal} = controller;
signal.addEventListener('abort', () => console.log(1));
signal.onabort = () => console.log('never');
signal.addEventListener('abort', () => console.log(3));
signal.onabort = () => console.log(2);
controller.abort();
const other = new AbortController();
other.signal.onabort = () => console.log('never');
other.signal.addEventListener('abort', () => console.log('first'));
other.signal.onabort = null;
other.signal.onabort = () => console.log('last');
other.abort();
