// What a guest goes on to do after it has replaced built-ins. All that `run` uses was taken before, and it has no
// loops over iterators, spreads or template literals: so what fails in it has failed in the world around the guest.

const {call: nativeCall, bind} = Function.prototype;
const call = bind.call(nativeCall, nativeCall); // call(f, self, ...args)
const {getOwnPropertyDescriptor, ownKeys, defineProperty, getPrototypeOf} = Reflect;
const getter = (object, key) => {
  while (!getOwnPropertyDescriptor(object, key)) object = getPrototypeOf(object);
  return getOwnPropertyDescriptor(object, key).get;
};

const {log, error, warn, info, debug, dir, table, group, groupEnd, count, time, assert, trace} = console;
const startTimeout = setTimeout, startInterval = setInterval, stopInterval = clearInterval, stopTimeout = clearTimeout;
const startMicrotask = queueMicrotask, toolbox = tools;
const TheEvent = Event, TheCustomEvent = CustomEvent, TheTarget = EventTarget, TheController = AbortController;
const TheBlob = Blob, TheURL = URL, TheParams = URLSearchParams, TheEncoder = TextEncoder, TheDecoder = TextDecoder;
const TheHeaders = Headers, ThePromise = Promise;
const {addEventListener, removeEventListener, dispatchEvent} = EventTarget.prototype;
const {preventDefault} = Event.prototype, typeOf = getter(Event.prototype, 'type');
const detailOf = getter(CustomEvent.prototype, 'detail');
const {abort} = AbortController.prototype, signalOf = getter(AbortController.prototype, 'signal');
const abortedOf = getter(AbortSignal.prototype, 'aborted'), reasonOf = getter(AbortSignal.prototype, 'reason');
const anySignal = AbortSignal.any, timeoutSignal = AbortSignal.timeout;
const blobText = Blob.prototype.text, blobSlice = Blob.prototype.slice, blobSize = getter(Blob.prototype, 'size');
const hrefOf = getter(URL.prototype, 'href'), paramsOf = getter(URL.prototype, 'searchParams');
const {get: paramGet, append: paramAppend, toString: paramText} = URLSearchParams.prototype;
const {get: headerGet, set: headerSet} = Headers.prototype;
const {encode} = TextEncoder.prototype, {decode} = TextDecoder.prototype;
const {subtle} = crypto, {digest} = subtle, makeUUID = crypto.randomUUID, theCrypto = crypto;
const clone = structuredClone, toText = btoa, fromText = atob, clock = performance, readClock = performance.now;
const exceptionName = getter(DOMException.prototype, 'name');
const textLength = (s) => s.length, byteCount = getter(Uint8Array.prototype, 'length');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');

class Point { constructor(x, y) { this.x = x; this.y = y; } get sum() { return this.x + this.y; } }
const circle = {name: 'circle'};
circle.self = circle;
const shown = [
  {a: 1, b: [1, 2, {c: 'd'}], 'a key': null, [Symbol('s')]: undefined}, [1, , 3, 'four'],
  new Map([['k', {v: 1}], [{}, []]]), new Set([1, 'x']), new Date(0), /x+/gi, Symbol('alone'), 10n, -0, NaN, 'text',
  true, null, undefined, Point, function f() {}, () => {}, new Point(1, 2), {get g() { return 1; }, set g(v) {}},
  new Uint8Array([1, 2, 3]), new ArrayBuffer(2), new DataView(new ArrayBuffer(1)), new WeakMap(), new WeakSet(),
  {__proto__: null, bare: 1}, circle, new Proxy({p: 1}, {}), Object(1), Object('s'), new Blob(['abc'], {type: 'a/b'}),
  new AbortController(), [[[[[]]]]], "it's",
];
const bytes = new Uint8Array([104, 105]), rows = [{a: 1, b: 'x'}, {a: 2, b: 'y'}];
const none = {__proto__: null}, cancelable = {__proto__: null, cancelable: true}, once = {__proto__: null, once: true};
const detailed = {__proto__: null, detail: 5}, plain = {__proto__: null, type: 'text/plain'};
const object = {n: [1, {m: new Map([[1, new Date(0)]])}], s: new Set(['a'])};

function ofConsole() {
  for (let i = 0; i < shown.length; i++) log(shown[i]);
  log('%s is %d, %i, %f, %c, %%, %x', 'this', '42', 3.9, '1.5', 'css', 'rest', {more: 1});
  log('%o, %O', [1], {b: {}});
  group('a group');
  log('inside\ntwo lines');
  info('info');
  debug('debug');
  groupEnd();
  dir({d: 1});
  table(rows);
  count('counted');
  count('counted');
  error('on stderr', {e: 1});
  warn('on stderr');
  assert(false, 'on stderr');
  trace('on stderr');
  time('a time');
}

function ofEvents() {
  const target = new TheTarget(), listener = (e) => { log('called', call(typeOf, e)); call(preventDefault, e); };
  call(addEventListener, target, 'x', listener);
  call(addEventListener, target, 'x', {__proto__: null, handleEvent() { log('handleEvent'); }}, once);
  call(addEventListener, target, 'x', () => { throw 'on stderr'; });
  log(call(dispatchEvent, target, new TheEvent('x')), call(dispatchEvent, target, new TheEvent('x', cancelable)));
  call(removeEventListener, target, 'x', listener);
  log(call(dispatchEvent, target, new TheEvent('x', cancelable)), call(detailOf, new TheCustomEvent('y', detailed)));
  const a = new TheController(), b = new TheController(), any = anySignal([call(signalOf, a), call(signalOf, b)]);
  call(addEventListener, any, 'abort', () => log('any is aborted'));
  call(abort, b);
  log(call(abortedOf, call(signalOf, a)), call(abortedOf, any), call(exceptionName, call(reasonOf, any)));
}

async function ofTimers() {
  const order = {__proto__: null, text: ''};
  // Each waits for the one before, so that a machine which is slow does not change their order.
  await new ThePromise((resolve) => {
    stopTimeout(startTimeout(() => { order.text += 'never'; }, 1));
    startTimeout(() => { order.text += 'b'; startMicrotask(() => { order.text += 'm'; again(); }); }, 1);
    function again() {
      let n = 0;
      const id = startInterval(() => { if (++n === 3) { stopInterval(id); order.text += 'i'; last(); } }, 2);
    }
    function last() { startTimeout((x) => { order.text += x; resolve(); }, 1, 'c'); }
    startMicrotask(() => { order.text += 'a'; });
  });
  log(order.text);
  const signal = timeoutSignal(2);
  await new ThePromise((resolve) => { call(addEventListener, signal, 'abort', resolve); startTimeout(() => {}, 50); });
  log(call(exceptionName, call(reasonOf, signal)), call(readClock, clock) >= 0);
}

async function ofTools() {
  try { await toolbox.unheardOf({a: 1}); } catch (e) { log(e.message, e.code); }
  try { await toolbox.circular(circle); } catch (e) { log(e.message); }
  log(toolbox);
}

async function ofTheWeb() {
  const url = new TheURL('../x?q=1#h', 'https://user@example.com:8080/a/b/c'), params = call(paramsOf, url);
  call(paramAppend, params, 'k', 'é &');
  log(call(hrefOf, url), call(paramGet, params, 'q'), call(paramText, new TheParams('a=b&c=d%20e')));
  try { new TheURL('no url'); } catch (e) { log(e.message); }
  const headers = new TheHeaders();
  call(headerSet, headers, 'X-Name', 'value');
  log(call(headerGet, headers, 'x-name'));
  log(call(byteCount, call(encode, new TheEncoder(), 'é€')), call(decode, new TheDecoder(), bytes));
  log(toText('hi'), fromText('aGk='), clone(object));
  const blob = new TheBlob(['abc', bytes], plain);
  log(call(blobSize, blob), await call(blobText, blob), await call(blobText, call(blobSlice, blob, 1, 4)));
  log(call(bufferLength, await call(digest, subtle, 'SHA-256', bytes)), textLength(call(makeUUID, theCrypto)));
}

export async function run() {
  ofConsole();
  ofEvents();
  await ofTimers();
  await ofTools();
  await ofTheWeb();
}

// The value of a run, which the host writes down at the end.
export const value = {
  text: 'text', list: [1, [2, [3]], null, undefined], map: new Map([['k', new Set([1n])]]), date: new Date(0),
  regexp: /a/g, numbers: [NaN, -0, Infinity], bytes: new Uint8Array([1, 2]), error: new RangeError('message').message,
  nested: {a: {b: {c: {d: 1}}}}, point: new Point(3, 4),
};

const custom = Symbol.for('nodejs.util.inspect.custom'); // which says how an object is shown, also by throwing

// Puts what throws into the place of all own functions and accessors of an object, or of those named.
export function replace(object, keys = ownKeys(object)) {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i], d = getOwnPropertyDescriptor(object, key);
    if (d === undefined || key === 'constructor' || key === 'prototype' || key === custom) continue;
    if (!d.configurable && !d.writable) continue;
    const harm = function () { throw 'replaced: ' + (typeof key === 'symbol' ? key.description : key); };
    if ('value' in d ? typeof d.value !== 'function' : !d.configurable) continue;
    if ('value' in d) defineProperty(object, key, {__proto__: null, value: harm});
    else defineProperty(object, key, {__proto__: null, get: d.get && harm, set: d.set && harm});
  }
}
