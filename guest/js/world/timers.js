// ---- timers: a heap in order of time and age; the host is told of its head alone
//
// The heap is a pairing heap: each timer is a node with its children in a list (`child`, then `next`; `prev` is the one
// before, or the parent). Adding is one comparison, taking and clearing are logarithmic in the long run.
//
// Rules, which are Node's: a delay that is no number from 1 to 2147483647 is 1 ms, timers due at the same time fire in
// the order of their making, an interval is put back after its callback, and the jobs of a callback are done before the
// next one.

const engineQueue = queueMicrotask;
const LONGEST_DELAY = 2147483647;
const timers = new NativeMap(); // all that are pending, and the interval that is being fired, by id
let head = null, nextTimer = 1, nextTurn = 1;
let live = 0; // those of `timers` that hold the run open

const isEarlier = (a, b) => a.due < b.due || (a.due === b.due && a.turn < b.turn);

function meld(a, b) {
  if (a === null) return b;
  if (b === null) return a;
  const root = isEarlier(b, a) ? b : a, other = root === a ? b : a;
  other.prev = root;
  other.next = root.child;
  if (root.child !== null) root.child.prev = other;
  root.child = other;
  return root;
}

// One heap of a list of siblings: first in pairs, then the pairs from last to first.
function meldAll(first) {
  let pairs = null, root = null;
  while (first !== null) {
    const a = first, b = a.next;
    first = b === null ? null : b.next;
    a.prev = a.next = null;
    if (b !== null) b.prev = b.next = null;
    const pair = meld(a, b);
    pair.next = pairs;
    pairs = pair;
  }
  while (pairs !== null) {
    const pair = pairs;
    pairs = pair.next;
    pair.next = null;
    root = meld(root, pair);
  }
  return root;
}

function enqueue(timer, due) {
  timer.due = due;
  timer.turn = nextTurn++;
  timer.queued = true;
  head = meld(head, timer);
}

function dequeue(timer) {
  const rest = meldAll(timer.child);
  if (timer === head) {
    head = rest;
  } else {
    if (timer.prev.child === timer) timer.prev.child = timer.next;
    else timer.prev.next = timer.next;
    if (timer.next !== null) timer.next.prev = timer.prev;
    head = meld(head, rest);
  }
  timer.prev = timer.next = timer.child = null;
  timer.queued = false;
}

function forget(timer) {
  mapDelete(timers, timer.id);
  if (timer.holds) live--;
}

const tellHost = () => { host(TIMER, head === null ? -1 : head.due, live); };

// `every` is -1 for a timer that fires once; one that does not hold the run open fires only while something else does.
function addTimer(callback, args, delay, every, holds) {
  host(TIMER, -2, mapSizeOf(timers)); // may refuse
  const id = nextTimer++;
  const timer = {__proto__: null, id, callback, args, every, holds, due: 0, turn: 0, queued: false,
    prev: null, next: null, child: null};
  mapSet(timers, id, timer);
  if (holds) live++;
  enqueue(timer, engineNow() + delay);
  tellHost();
  return id;
}

// Takes anything, as Node does: what is not the id of a pending timer is nothing to clear.
function clearTimer(id) {
  const timer = mapGet(timers, typeof id === 'string' ? NativeNumber(id) : id);
  if (timer === undefined) return;
  forget(timer);
  if (!timer.queued) return; // an interval, cleared by its own callback
  dequeue(timer);
  tellHost();
}

// Fires the first timer, if it is due at `now`. What its callback throws ends the run.
function fireTimer(now) {
  const timer = head;
  if (timer === null || timer.due > now) return;
  dequeue(timer);
  if (timer.every < 0) forget(timer);
  tellHost();
  try {
    apply(timer.callback, undefined, timer.args);
  } finally {
    if (timer.every >= 0 && mapHas(timers, timer.id)) {
      enqueue(timer, engineNow() + timer.every);
      tellHost();
    }
  }
}

function checkCallback(callback) {
  if (typeof callback === 'function') return;
  const e = new NativeTypeError('The "callback" argument must be of type function, not ' +
    (callback === null ? 'null' : typeof callback));
  put(e, 'code', 'ERR_INVALID_ARG_TYPE');
  throw e;
}

function delayOf(delay) {
  delay = +delay;
  return delay >= 1 && delay <= LONGEST_DELAY ? floor(delay) : 1;
}

// Methods, so that they are no constructors.
const timerFunctions = {
  __proto__: null,
  setTimeout(callback, delay = 1, ...args) {
    checkCallback(callback);
    return addTimer(callback, args, delayOf(delay), -1, true);
  },
  setInterval(callback, delay = 1, ...args) {
    checkCallback(callback);
    delay = delayOf(delay);
    return addTimer(callback, args, delay, delay, true);
  },
  clearTimeout(id = undefined) { clearTimer(id); },
  clearInterval(id = undefined) { clearTimer(id); },
  // What the callback throws ends the run. The engine would give it the global object as `this`.
  queueMicrotask(callback) {
    checkCallback(callback);
    engineQueue(() => { apply(callback, undefined, []); });
  },
};
globals.setTimeout = timerFunctions.setTimeout;
globals.setInterval = timerFunctions.setInterval;
globals.clearTimeout = timerFunctions.clearTimeout;
globals.clearInterval = timerFunctions.clearInterval;
globals.queueMicrotask = timerFunctions.queueMicrotask;
