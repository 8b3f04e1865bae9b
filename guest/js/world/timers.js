// ---- timers: a list in order of time; the host is told of its head alone

const timers = new NativeMap();
let head = null, nextTimer = 1, live = 0;

function insert(timer) {
  if (head === null || timer.due < head.due) {
    timer.next = head;
    head = timer;
    return;
  }
  let at = head;
  while (at.next !== null && at.next.due <= timer.due) at = at.next;
  timer.next = at.next;
  at.next = timer;
}

function remove(timer) {
  if (head === timer) head = timer.next;
  else for (let at = head; at !== null; at = at.next)
    if (at.next === timer) { at.next = timer.next; break; }
  timer.next = null;
}

const tellHost = () => { host(TIMER, head === null ? -1 : head.due, live); };

function addTimer(callback, delay, args, repeats) {
  if (typeof callback !== 'function') throw new NativeTypeError('The first argument of a timer must be a function');
  delay = NativeNumber(delay);
  if (!(delay >= 1)) delay = repeats ? 1 : 0;
  if (delay > 2147483647) delay = 1;
  delay = floor(delay);
  host(TIMER, -2, live); // may refuse
  const id = nextTimer++;
  const timer = {__proto__: null, id, callback, args, due: dateNow() + delay, every: repeats ? delay : -1, next: null};
  mapSet(timers, id, timer);
  insert(timer);
  live++;
  tellHost();
  return id;
}

function clearTimer(id) {
  const timer = mapGet(timers, typeof id === 'number' ? id : NativeNumber(id));
  if (timer === undefined) return;
  mapDelete(timers, timer.id);
  remove(timer);
  live--;
  tellHost();
}

// Fires the first timer that is due at `now`; true when there was one.
function fireTimer(now) {
  const timer = head;
  if (timer === null || timer.due > now) return false;
  head = timer.next;
  if (timer.every >= 0) {
    timer.due = now + timer.every;
    insert(timer);
  } else {
    mapDelete(timers, timer.id);
    live--;
  }
  tellHost();
  apply(timer.callback, undefined, timer.args);
  return true;
}

globals.setTimeout = function setTimeout(callback, delay, ...args) { return addTimer(callback, delay, args, false); };
globals.setInterval = function setInterval(callback, delay, ...args) { return addTimer(callback, delay, args, true); };
globals.clearTimeout = function clearTimeout(id) { clearTimer(id); };
globals.clearInterval = function clearInterval(id) { clearTimer(id); };
