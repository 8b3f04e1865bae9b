// As much of testharness.js as WPT's tests of url and encoding use, for a cell without a document. run.py puts it before a
// test, puts `files` (what the test may fetch, by address) before that, and `finish()` behind the test.
const self = globalThis;
const results = [];
let running = Promise.resolve();

self.GLOBAL = {isWindow: () => false, isWorker: () => false, isShadowRealm: () => false};
self.location = {search: variant, href: 'https://web-platform.test/' + testPath, pathname: '/' + testPath};

class AssertionError extends Error {}
const show = (v) => {
  if (typeof v === 'string') return JSON.stringify(v.length > 100 ? v.slice(0, 100) + '...' : v);
  if (Object.is(v, -0)) return '-0';
  if (typeof v !== 'object' || v === null) return String(v);
  try { return JSON.stringify(v).slice(0, 100); } catch { return Object.prototype.toString.call(v); }
};
const format_value = show;
function check(fine, description, message) {
  if (!fine) throw new AssertionError((description ? description + ': ' : '') + message);
}
const orUndefined = (e) => e === undefined ? 'undefined was thrown' : e;
function record(name, error) {
  results.push({name: String(name), error: error === undefined ? null : String(error && error.message || error)});
}

const context = (name) => {
  const cleanups = [];
  return {
    name, cleanups,
    step: (f, self_, ...args) => f.apply(self_, args),
    step_func: (f) => (...args) => f(...args),
    step_func_done: (f) => (...args) => f && f(...args),
    step_timeout: (f, time) => setTimeout(f, time),
    unreached_func: (message) => () => assert_unreached(message),
    add_cleanup: (f) => { cleanups.push(f); },
    done() {},
  };
};

// A test without a name is named by its file, as the browsers' harness names it by its document.
let unnamed = 0;
const nameOf = (name) => name === undefined ? testPath + (unnamed++ ? ' ' + unnamed : '') : name;

function test(f, name) {
  const t = context(nameOf(name));
  let error;
  try { f.call(t, t); } catch (e) { error = orUndefined(e); }
  for (const cleanup of t.cleanups) cleanup();
  record(t.name, error);
}

function promise_test(f, name) {
  const t = context(nameOf(name));
  running = running.then(() => f.call(t, t)).then(() => record(t.name), (e) => record(t.name, orUndefined(e)))
    .then(() => { for (const cleanup of t.cleanups) cleanup(); });
}

function async_test(f, name) {
  if (typeof f === 'string') { name = f; f = undefined; }
  const t = context(nameOf(name));
  let settle;
  const ended = new Promise((resolve) => { settle = resolve; });
  const guard = (g) => (...args) => { try { return g(...args); } catch (e) { settle({e: orUndefined(e)}); } };
  t.step = (g, self_, ...args) => guard(() => g.apply(self_, args))();
  t.step_func = guard;
  t.step_func_done = (g) => guard((...args) => { if (g) g(...args); settle(); });
  t.done = () => settle();
  if (f) t.step(f, t, t);
  running = running.then(() => ended).then((failed) => record(t.name, failed && failed.e));
  return t;
}

function setup(f) { if (typeof f === 'function') f(); }
function done() {}
function step_timeout(f, time) { return setTimeout(f, time); }

const same = Object.is;
function assert_true(v, d) { check(v === true, d, 'expected true, got ' + show(v)); }
function assert_false(v, d) { check(v === false, d, 'expected false, got ' + show(v)); }
function assert_equals(v, expected, d) { check(same(v, expected), d, 'expected ' + show(expected) + ', got ' + show(v)); }
function assert_not_equals(v, other, d) { check(!same(v, other), d, 'got ' + show(v)); }
function assert_in_array(v, list, d) { check(list.some((x) => same(x, v)), d, show(v) + ' is not in ' + show(list)); }
function assert_array_equals(v, expected, d) {
  check(typeof v === 'object' && v !== null && 'length' in v, d, 'not an array: ' + show(v));
  check(v.length === expected.length, d, 'expected length ' + expected.length + ', got ' + v.length + ': ' + show(v));
  for (let i = 0; i < v.length; i++)
    check(i in v === i in expected && same(v[i], expected[i]), d, 'at ' + i + ': expected ' + show(expected[i]) + ', got ' + show(v[i]));
}
function assert_object_equals(v, expected, d) {
  check(typeof v === 'object' && v !== null, d, 'not an object: ' + show(v));
  for (const key in v) {
    check(Object.hasOwn(expected, key), d, 'unexpected property ' + key);
    if (typeof v[key] === 'object' && v[key] !== null) assert_object_equals(v[key], expected[key], d);
    else check(same(v[key], expected[key]), d, key + ': expected ' + show(expected[key]) + ', got ' + show(v[key]));
  }
  for (const key in expected) check(Object.hasOwn(v, key), d, 'missing property ' + key);
}
function assert_less_than(v, limit, d) { check(v < limit, d, show(v) + ' is not below ' + limit); }
function assert_greater_than(v, limit, d) { check(v > limit, d, show(v) + ' is not above ' + limit); }
function assert_greater_than_equal(v, limit, d) { check(v >= limit, d, show(v) + ' is below ' + limit); }
function assert_regexp_match(v, expected, d) { check(expected.test(v), d, show(v) + ' does not match ' + expected); }
function assert_class_string(v, name, d) { assert_equals(Object.prototype.toString.call(v), '[object ' + name + ']', d); }
function assert_own_property(v, name, d) { check(Object.hasOwn(v, name), d, 'no own property ' + String(name)); }
function assert_not_own_property(v, name, d) { check(!Object.hasOwn(v, name), d, 'own property ' + String(name)); }
function assert_inherits(v, name, d) { check(!Object.hasOwn(v, name) && name in v, d, 'does not inherit ' + String(name)); }
function assert_idl_attribute(v, name, d) { assert_inherits(v, name, d); }
function assert_readonly(v, name, d) {
  const before = v[name];
  try { v[name] = before + 'a'; } catch {}
  check(same(v[name], before), d, String(name) + ' was changed');
}
function assert_unreached(d) { check(false, d, 'reached what should not be'); }
function assert_implements(condition, d) { check(condition, d, 'not implemented'); }
function assert_implements_optional(condition, d) { check(condition, d, 'not implemented'); }

function thrown(f) {
  try { f(); } catch (e) { return {e}; }
  return null;
}
function checkJS(what, constructor, d) {
  check(what !== null, d, 'nothing was thrown');
  const {e} = what;
  check(typeof e === 'object' && e !== null && e.constructor === constructor && e.name === constructor.name, d,
    'expected ' + constructor.name + ', got ' + show(e && e.name) + ' ' + show(e && e.message));
}
function checkDOM(what, name, d) {
  check(what !== null, d, 'nothing was thrown');
  const {e} = what;
  check(e instanceof DOMException && e.name === name, d, 'expected ' + name + ', got ' + show(e && e.name) + ' ' + show(e && e.message));
}
function assert_throws_js(constructor, f, d) { checkJS(thrown(f), constructor, d); }
function assert_throws_dom(name, f, d, more) { // DOMException itself may stand before the function
  if (f === DOMException) checkDOM(thrown(d), name, more);
  else checkDOM(thrown(f), name, d);
}
function assert_throws_exactly(v, f, d) {
  const what = thrown(f);
  check(what !== null && same(what.e, v), d, 'something else was thrown');
}
const rejected = (promise) => promise.then(() => null, (e) => ({e}));
function promise_rejects_js(t, constructor, promise, d) { return rejected(promise).then((what) => checkJS(what, constructor, d)); }
function promise_rejects_dom(t, name, promise, d) { return rejected(promise).then((what) => checkDOM(what, name, d)); }
function promise_rejects_exactly(t, v, promise, d) {
  return rejected(promise).then((what) => check(what !== null && same(what.e, v), d, 'rejected with something else'));
}

self.fetch = async (address) => {
  const text = files[String(address)];
  if (text === undefined) throw new TypeError('no file ' + address);
  return {ok: true, status: 200, json: async () => JSON.parse(text), text: async () => text};
};

// The value of the run: how many passed, and the first failures.
async function finish() {
  for (let last; last !== running;) {
    last = running;
    await last;
  }
  const failures = results.filter((r) => r.error !== null);
  return {passed: results.length - failures.length, failed: failures.length,
    failures: failures.slice(0, 50).map((r) => [r.name.slice(0, 200), r.error.slice(0, 300)])};
}
