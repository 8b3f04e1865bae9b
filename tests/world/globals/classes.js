// ours: what a web class of events and blobs has of its own, on itself and on its prototype
const classes = [Event, CustomEvent, EventTarget, AbortController, AbortSignal, Blob, DOMException];
const isConstant = (key) => typeof key === 'string' && /^[A-Z_]+$/.test(key);
const keys = (object) => Reflect.ownKeys(object).filter((key) => !isConstant(key)).map(String).sort().join(' ');
for (const C of classes) {
  console.log(C.name, C.length);
  console.log(' ', keys(C));
  console.log(' ', keys(C.prototype));
}
