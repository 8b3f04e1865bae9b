// ---- events: DOMException, Event, CustomEvent, EventTarget, AbortController, AbortSignal, performance
//
// As the DOM standard says for targets that have no parent: an event's path is its target alone. The state of each
// object is a record behind one private field, which is also its brand. DOMException is the engine's own.
//
// What a listener throws is shown as a console error, and the other listeners have their turn.

const NativeDOMException = DOMException, NativeWeakRef = WeakRef;
const derefWeak = uncurry(WeakRef.prototype.deref), registerEnd = uncurry(FinalizationRegistry.prototype.register);
const iteratorKey = Symbol.iterator, tagKey = Symbol.toStringTag;

// An exception as the platform throws it: its stack begins with the guest's frame.
function makeDOMException(message, name) {
  const e = new NativeDOMException(message, name);
  put(e, 'stack', trimStack(text(ownStack(e), '')));
  return e;
}

const illegalThis = (what) => new NativeTypeError('Illegal invocation: this is not ' + what);
const illegalConstructor = () => new NativeTypeError('Illegal constructor');
const isObject = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';

function needArguments(count, need) {
  if (count >= need) return;
  throw new NativeTypeError(need + ' argument' + (need > 1 ? 's' : '') + ' required, but only ' + count + ' present');
}

// A DOMString: a symbol has none.
function domString(v) {
  if (typeof v === 'symbol') throw new NativeTypeError('A symbol cannot be converted to a string');
  return NativeString(v);
}

// A dictionary: an object, or nothing.
function dictionary(v, what) {
  if (v !== undefined && v !== null && !isObject(v)) throw new NativeTypeError('The ' + what + ' must be an object');
  return v === null ? undefined : v;
}

// Members of an interface are enumerable, as Web IDL says; those of a class are not.
function makeInterface(Class, name) {
  for (let object = Class, n = 0; n < 2; object = Class.prototype, n++) {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (key !== 'constructor' && key !== 'length' && key !== 'name' && key !== 'prototype' && typeof key === 'string')
        defineProperty(object, key, {__proto__: null, enumerable: true});
    }
  }
  defineProperty(Class.prototype, tagKey, {__proto__: null, value: name, configurable: true});
}

// A sequence. An array is read by index: how it iterates may be the guest's doing.
function forEachOf(v, what, use) {
  if (isArray(v)) {
    for (let i = 0; i < v.length; i++) use(v[i]);
    return;
  }
  const method = isObject(v) ? v[iteratorKey] : undefined;
  if (typeof method !== 'function') throw new NativeTypeError(what + ' must be iterable');
  const iterator = apply(method, v, []), next = isObject(iterator) ? iterator.next : undefined;
  for (;;) {
    const step = apply(next, iterator, []);
    if (!isObject(step)) throw new NativeTypeError('An iterator result must be an object');
    if (step.done) return;
    use(step.value);
  }
}

// What inspect shows of an object of the class, as Node does: a few members, which `read` gives as a plain object.
function showMembers(Class, read) {
  const {[inspectCustom]: show} = {__proto__: null, [inspectCustom](depth, options) {
    const name = className(this);
    if (depth < 0) return '[' + name + ']';
    return name + ' ' + inspectWith(read(this), {__proto__: null, ...options, depth: options.depth - 1});
  }};
  put(Class.prototype, inspectCustom, show);
}

function showUncaught(e) {
  let line;
  try { line = inspect(e); } catch { line = 'an exception that cannot be shown'; }
  host(LOG, 3, 'Uncaught ' + line);
}

// ---- performance

let timeOrigin; // Unix time at which the monotonic clock was 0; known when it is asked for

const monotonicNow = () => floor(engineNow() * 1000) / 1000;

// ---- Event

const AT_TARGET = 2;
let eventState, isEvent; // of an Event, a record; throws for what is none

class Event {
  #state;
  constructor(type, init = undefined) {
    needArguments(arguments.length, 1);
    type = domString(type);
    init = dictionary(init, 'event init');
    const state = {__proto__: null, type, bubbles: false, cancelable: false, composed: false, time: monotonicNow(),
      target: null, currentTarget: null, phase: 0, trusted: false, dispatching: false, canceled: false,
      inPassive: false, stopped: false, stoppedAtOnce: false};
    if (init !== undefined) {
      state.bubbles = !!init.bubbles;
      state.cancelable = !!init.cancelable;
      state.composed = !!init.composed;
    }
    this.#state = state;
    defineProperty(this, 'isTrusted', trustedProperty);
  }
  static {
    eventState = (v) => {
      if (!isObject(v) || !(#state in v)) throw illegalThis('an Event');
      return v.#state;
    };
    isEvent = (v) => isObject(v) && #state in v;
  }
  get type() { return eventState(this).type; }
  get target() { return eventState(this).target; }
  get srcElement() { return eventState(this).target; }
  get currentTarget() { return eventState(this).currentTarget; }
  composedPath() {
    const {currentTarget} = eventState(this);
    return currentTarget === null ? [] : [currentTarget];
  }
  get eventPhase() { return eventState(this).phase; }
  stopPropagation() { eventState(this).stopped = true; }
  get cancelBubble() { return eventState(this).stopped; }
  set cancelBubble(v) { if (v) eventState(this).stopped = true; }
  stopImmediatePropagation() {
    const state = eventState(this);
    state.stopped = state.stoppedAtOnce = true;
  }
  get bubbles() { return eventState(this).bubbles; }
  get cancelable() { return eventState(this).cancelable; }
  get returnValue() { return !eventState(this).canceled; }
  set returnValue(v) { if (!v) cancelEvent(eventState(this)); }
  preventDefault() { cancelEvent(eventState(this)); }
  get defaultPrevented() { return eventState(this).canceled; }
  get composed() { return eventState(this).composed; }
  get timeStamp() { return eventState(this).time; }
  initEvent(type, bubbles = false, cancelable = false) {
    needArguments(arguments.length, 1);
    const state = eventState(this);
    type = domString(type);
    if (state.dispatching) return;
    state.type = type;
    state.bubbles = !!bubbles;
    state.cancelable = !!cancelable;
    state.target = null;
    state.trusted = state.canceled = state.stopped = state.stoppedAtOnce = false;
  }
}
const trustedProperty = {__proto__: null, enumerable: true, configurable: false, set: undefined,
  get: getOwnPropertyDescriptor({get isTrusted() { return eventState(this).trusted; }}, 'isTrusted').get};

function cancelEvent(state) {
  if (state.cancelable && !state.inPassive) state.canceled = true;
}

const phases = ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'];
for (let phase = 0; phase < 4; phase++) {
  const constant = {__proto__: null, value: phase, writable: false, enumerable: true, configurable: false};
  defineProperty(Event, phases[phase], constant);
  defineProperty(Event.prototype, phases[phase], constant);
}
makeInterface(Event, 'Event');
showMembers(Event, (event) => {
  const {type, canceled, cancelable, time} = eventState(event);
  return {type, defaultPrevented: canceled, cancelable, timeStamp: time};
});

class CustomEvent extends Event {
  #detail;
  constructor(type, init = undefined) {
    needArguments(arguments.length, 1);
    super(type, init);
    const detail = init === undefined || init === null ? undefined : init.detail;
    this.#detail = detail === undefined ? null : detail;
  }
  get detail() {
    if (!(#detail in this)) throw illegalThis('a CustomEvent');
    return this.#detail;
  }
}
makeInterface(CustomEvent, 'CustomEvent');

// ---- EventTarget
//
// The record of a target: `listeners` has a list for each type, oldest first; `signal` is null but for an AbortSignal.
// A listener that was removed keeps its `next`, so that a dispatch which stands on it finds the way on.

let targetState, isTarget; // of an EventTarget, a record; throws for what is none
let nextListener = 1;

class EventTarget {
  #state = {__proto__: null, listeners: null, signal: null};
  static {
    targetState = (v) => {
      if (!isObject(v) || !(#state in v)) throw illegalThis('an EventTarget');
      return v.#state;
    };
    isTarget = (v) => isObject(v) && #state in v;
  }
  addEventListener(type, callback, options = undefined) {
    const state = targetState(this);
    needArguments(arguments.length, 2);
    type = domString(type);
    checkListener(callback);
    let once = false, passive = false, signal = null;
    const capture = captureOf(options);
    if (isObject(options)) {
      once = !!options.once;
      passive = !!options.passive;
      signal = options.signal;
      if (signal === undefined) signal = null;
      else if (!isSignal(signal)) throw new NativeTypeError('The option "signal" must be an AbortSignal');
    }
    if (signal !== null && targetState(signal).signal.aborted) return;
    if (!isObject(callback) || findListener(state, type, callback, capture) !== null) return;
    const listener = addListener(this, state, type, callback, capture, once, passive);
    if (signal !== null) addEnding(signal, listener);
  }
  removeEventListener(type, callback, options = undefined) {
    const state = targetState(this);
    needArguments(arguments.length, 2);
    type = domString(type);
    checkListener(callback);
    const listener = findListener(state, type, callback, captureOf(options));
    if (listener !== null) removeListener(listener);
  }
  dispatchEvent(event) {
    const state = targetState(this);
    needArguments(arguments.length, 1);
    if (!isEvent(event)) throw new NativeTypeError('The argument of dispatchEvent must be an Event');
    const its = eventState(event);
    if (its.dispatching) throw makeDOMException('The event is already being dispatched', 'InvalidStateError');
    its.trusted = false;
    return dispatch(this, state, event, its);
  }
}
makeInterface(EventTarget, 'EventTarget');

function checkListener(callback) {
  if (callback !== null && callback !== undefined && !isObject(callback))
    throw new NativeTypeError('An event listener must be a function or an object, not ' + typeof callback);
}

const captureOf = (options) => isObject(options) ? !!options.capture : !!options;

function findListener(state, type, callback, capture) {
  const list = state.listeners === null ? undefined : mapGet(state.listeners, type);
  if (list === undefined) return null;
  for (let l = list.first; l !== null; l = l.next)
    if (l.callback === callback && l.capture === capture) return l;
  return null;
}

function addListener(target, state, type, callback, capture, once, passive) {
  if (state.listeners === null) state.listeners = new NativeMap();
  let list = mapGet(state.listeners, type);
  if (list === undefined) {
    list = {__proto__: null, type, state, target, first: null, last: null};
    mapSet(state.listeners, type, list);
  }
  const listener = {__proto__: null, callback, capture, once, passive, removed: false, list, age: nextListener++,
    prev: list.last, next: null, ending: null, isHandler: false};
  if (list.last === null) list.first = listener;
  else list.last.next = listener;
  list.last = listener;
  if (state.signal !== null && type === 'abort') watch(target, state.signal, 1);
  return listener;
}

function removeListener(listener) {
  const {list, prev, next} = listener;
  if (listener.removed) return;
  listener.removed = true;
  if (prev === null) list.first = next;
  else prev.next = next;
  if (next === null) list.last = prev;
  else next.prev = prev;
  if (list.first === null) mapDelete(list.state.listeners, list.type);
  if (list.state.signal !== null && list.type === 'abort') watch(list.target, list.state.signal, -1);
  if (listener.ending !== null) removeEnding(listener.ending);
}

// Gives false when the event was canceled.
function dispatch(target, state, event, its) {
  its.dispatching = true;
  its.target = its.currentTarget = target;
  its.phase = AT_TARGET;
  try {
    callListeners(target, state, event, its, true);
    callListeners(target, state, event, its, false);
  } finally {
    its.phase = 0;
    its.currentTarget = null;
    its.dispatching = its.stopped = its.stoppedAtOnce = false;
  }
  return !its.canceled;
}

function callListeners(target, state, event, its, capture) {
  const list = state.listeners === null ? undefined : mapGet(state.listeners, its.type);
  if (list === undefined || its.stopped) return;
  const end = nextListener; // what is added from here on waits for the next event
  for (let l = list.first; l !== null && l.age < end; l = l.next) {
    if (l.removed || l.capture !== capture) continue;
    if (l.once) removeListener(l);
    its.inPassive = l.passive;
    try { callListener(l, target, event, its); } catch (e) { showUncaught(e); }
    its.inPassive = false;
    if (its.stoppedAtOnce) return;
  }
}

function callListener({callback, isHandler}, target, event, its) {
  if (isHandler) {
    if (typeof callback.value === 'function' && apply(callback.value, target, [event]) === false) cancelEvent(its);
  } else if (typeof callback === 'function') {
    apply(callback, target, [event]);
  } else {
    const {handleEvent} = callback;
    if (typeof handleEvent !== 'function')
      throw new NativeTypeError('The handleEvent of an event listener is not a function');
    apply(handleEvent, callback, [event]);
  }
}

// ---- AbortSignal and AbortController
//
// The record of a signal: `endings` are the listeners that end with it, `watchers` counts those and its own ones. A
// signal of timeout() or any() has a `link`, by which its timer and its sources find it; the link is weak while nobody
// watches the signal, so that what nobody can notice does not pile up; `ties` is what has to be undone then. A source
// is never a signal of any(): such a one stands for its own sources.

const newSignal = () => {
  const target = setPrototypeOf(new EventTarget(), AbortSignal.prototype);
  targetState(target).signal = {__proto__: null, aborted: false, reason: undefined, handler: null, watchers: 0,
    endings: null, isDependent: false, firstDependent: null, lastDependent: null, link: null, ties: null};
  return target;
};
const isSignal = (v) => isTarget(v) && targetState(v).signal !== null;

function signalState(v) {
  if (!isSignal(v)) throw illegalThis('an AbortSignal');
  return targetState(v).signal;
}

function addEnding(target, listener) {
  const signal = targetState(target).signal;
  const ending = {__proto__: null, target, listener, prev: null, next: signal.endings};
  if (ending.next !== null) ending.next.prev = ending;
  signal.endings = listener.ending = ending;
  watch(target, signal, 1);
}

function removeEnding(ending) {
  const {target, prev, next} = ending, signal = targetState(target).signal;
  if (prev === null) signal.endings = next;
  else prev.next = next;
  if (next !== null) next.prev = prev;
  watch(target, signal, -1);
}

const ends = new FinalizationRegistry((ties) => {
  if (ties.timer !== 0) clearTimer(ties.timer);
  leaveSources(ties, false);
});

function makeLink(target, signal) {
  signal.link = {__proto__: null, weak: new NativeWeakRef(target), strong: null};
  signal.ties = {__proto__: null, timer: 0, firstSource: null};
  registerEnd(ends, target, signal.ties);
}

const follow = (link) => link.strong !== null ? link.strong : derefWeak(link.weak);

function watch(target, signal, change) {
  const before = signal.watchers;
  signal.watchers += change;
  if (signal.link === null || (before > 0) === (signal.watchers > 0)) return;
  signal.link.strong = before > 0 ? null : target;
  for (let tie = signal.ties.firstSource; tie !== null; tie = tie.nextSource)
    watch(tie.source, targetState(tie.source).signal, before > 0 ? -1 : 1);
}

function addSource(signal, source) {
  const its = targetState(source).signal;
  const tie = {__proto__: null, link: signal.link, source, nextSource: signal.ties.firstSource,
    prev: its.lastDependent, next: null};
  signal.ties.firstSource = tie;
  if (tie.prev === null) its.firstDependent = tie;
  else tie.prev.next = tie;
  its.lastDependent = tie;
}

function leaveSources(ties, isWatched) {
  for (let tie = ties.firstSource; tie !== null; tie = tie.nextSource) {
    const its = targetState(tie.source).signal;
    if (tie.prev === null) its.firstDependent = tie.next;
    else tie.prev.next = tie.next;
    if (tie.next === null) its.lastDependent = tie.prev;
    else tie.next.prev = tie.prev;
    if (isWatched) watch(tie.source, its, -1);
  }
  ties.firstSource = null;
}

// All signals that depend on it are aborted before the first listener runs.
function abortSignal(target, reason) {
  const signal = targetState(target).signal;
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason === undefined ? makeDOMException('This operation was aborted', 'AbortError') : reason;
  const first = {__proto__: null, target, next: null};
  let last = first;
  for (let tie = signal.firstDependent; tie !== null; tie = tie.next) {
    const dependent = follow(tie.link), its = dependent === undefined ? null : targetState(dependent).signal;
    if (its === null || its.aborted) continue;
    its.aborted = true;
    its.reason = signal.reason;
    last = last.next = {__proto__: null, target: dependent, next: null};
  }
  for (let at = first; at !== null; at = at.next) endSignal(at.target);
}

function endSignal(target) {
  const state = targetState(target), {signal} = state;
  if (signal.ties !== null) leaveSources(signal.ties, signal.watchers > 0);
  while (signal.endings !== null) removeListener(signal.endings.listener);
  if (state.listeners === null || !mapHas(state.listeners, 'abort')) return;
  const event = new Event('abort'), its = eventState(event);
  its.trusted = true;
  dispatch(target, state, event, its);
}

// The items of a sequence as a list of {target, next}.
function signalList(signals) {
  const first = {__proto__: null, target: null, next: null};
  let last = first;
  forEachOf(signals, 'The signals', (target) => {
    if (!isSignal(target)) throw new NativeTypeError('AbortSignal.any takes AbortSignals only');
    last = last.next = {__proto__: null, target, next: null};
  });
  return first.next;
}

class AbortSignal extends EventTarget {
  constructor() { throw illegalConstructor(); }
  static abort(reason = undefined) {
    const target = newSignal();
    abortSignal(target, reason);
    return target;
  }
  static timeout(milliseconds) {
    needArguments(arguments.length, 1);
    const delay = +milliseconds;
    if (!(delay > -1 && delay < 9007199254740992))
      throw new NativeTypeError('The timeout is not a number of milliseconds');
    const target = newSignal(), signal = targetState(target).signal;
    makeLink(target, signal);
    const {link, ties} = signal;
    ties.timer = addTimer(() => {
      ties.timer = 0;
      const found = follow(link);
      if (found === undefined) return;
      abortSignal(found, makeDOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, [], floor(delay < 0 ? 0 : delay), -1, false);
    return target;
  }
  static any(signals) {
    needArguments(arguments.length, 1);
    const list = signalList(signals), target = newSignal(), signal = targetState(target).signal;
    signal.isDependent = true;
    for (let at = list; at !== null; at = at.next) {
      const its = targetState(at.target).signal;
      if (!its.aborted) continue;
      signal.aborted = true;
      signal.reason = its.reason;
      return target;
    }
    makeLink(target, signal);
    const seen = new NativeSet();
    const add = (source) => {
      if (setHas(seen, source)) return;
      setAdd(seen, source);
      addSource(signal, source);
    };
    for (let at = list; at !== null; at = at.next) {
      const its = targetState(at.target).signal;
      if (!its.isDependent) add(at.target);
      else for (let tie = its.ties.firstSource; tie !== null; tie = tie.nextSource) add(tie.source);
    }
    return target;
  }
  get aborted() { return signalState(this).aborted; }
  get reason() { return signalState(this).reason; }
  throwIfAborted() {
    const signal = signalState(this);
    if (signal.aborted) throw signal.reason;
  }
  get onabort() {
    const {handler} = signalState(this);
    return handler === null ? null : handler.callback.value;
  }
  // The place among the listeners is that of the first handler that was set, until none is.
  set onabort(v) {
    const signal = signalState(this), {handler} = signal;
    if (isObject(v)) {
      if (handler !== null) {
        handler.callback.value = v;
      } else {
        const slot = {__proto__: null, value: v};
        signal.handler = addListener(this, targetState(this), 'abort', slot, false, false, false);
        signal.handler.isHandler = true;
      }
    } else if (handler !== null) {
      removeListener(handler);
      signal.handler = null;
    }
  }
}
makeInterface(AbortSignal, 'AbortSignal');
showMembers(AbortSignal, (signal) => ({aborted: signalState(signal).aborted}));

let signalOfController;

class AbortController {
  #signal = newSignal();
  static {
    signalOfController = (v) => {
      if (!isObject(v) || !(#signal in v)) throw illegalThis('an AbortController');
      return v.#signal;
    };
  }
  get signal() { return signalOfController(this); }
  abort(reason = undefined) { abortSignal(signalOfController(this), reason); }
}
makeInterface(AbortController, 'AbortController');
showMembers(AbortController, (controller) => ({signal: signalOfController(controller)}));

class Performance extends EventTarget {
  constructor() { throw illegalConstructor(); }
  now() {
    checkPerformance(this);
    return monotonicNow();
  }
  get timeOrigin() {
    checkPerformance(this);
    return timeOrigin ??= dateNow() - monotonicNow();
  }
  toJSON() { return {timeOrigin: this.timeOrigin}; }
}
makeInterface(Performance, 'Performance');
const performanceObject = setPrototypeOf(new EventTarget(), Performance.prototype);
const checkPerformance = (v) => { if (v !== performanceObject) throw illegalThis('the performance object'); };

globals.Event = Event;
globals.CustomEvent = CustomEvent;
globals.EventTarget = EventTarget;
globals.AbortController = AbortController;
globals.AbortSignal = AbortSignal;
globals.performance = performanceObject;
