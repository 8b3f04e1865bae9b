/* How values cross: JSON with tags for what JSON lacks, as docs/REPORTS.md has the table, and their `repr`. */
#include "json.h"
#include "unit.h"

typedef struct {
  const char *source, *want;
} value_case;

static void check(const value_case *cases, size_t count) {
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < count; i++) {
    ut_value(cell, cases[i].source, cases[i].want);
    cloche_result r;
    assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
    if (r.value) assert_true(cl_json_check(r.value, r.value_len));
  }
  cloche_cell_close(cell);
}
#define CHECK(cases) check(cases, UT_COUNT(cases))

static void json_kinds(void) {
  static const value_case cases[] = {
      {"[null, true, false, 0, -1, 1.5, '', 'a', [], {}]", "[null,true,false,0,-1,1.5,\"\",\"a\",[],{}]"},
      {"({a: {b: [{c: 1}]}})", "{\"a\":{\"b\":[{\"c\":1}]}}"},
      {"({})", "{}"},
      {"[[[]]]", "[[[]]]"},
      {"({'': 1, 'a b': 2, '\"': 3, '\\n': 4})", "{\"\":1,\"a b\":2,\"\\\"\":3,\"\\n\":4}"},
      {"({2: 'two', 1: 'one', a: 'x'})", "{\"1\":\"one\",\"2\":\"two\",\"a\":\"x\"}"},
      {"'\"\\\\\\b\\f\\n\\r\\t\\0\\x1f/'", "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\""},
      {"'z\\u00fcrich \\u20ac \\ud83d\\ude00'", "\"z\xC3\xBCrich \xE2\x82\xAC \xF0\x9F\x98\x80\""},
      {"'\\x7f'", "\"\x7F\""},
      {"Object.create(null)", "{}"},
      {"Object.assign(Object.create(null), {a: 1})", "{\"a\":1}"},
      {"JSON.parse('{\"__proto__\": 1}')", "{\"__proto__\":1}"},
      {"({['__proto__']: [1]})", "{\"__proto__\":[1]}"},
      {"[1e21, 1e-7, 123456789012, 0.1, 5e-324, -1e300]", "[1e+21,1e-7,123456789012,0.1,5e-324,-1e+300]"},
      {"const a = [1]; [a, a]", "[[1],[1]]"},
      {"const o = {x: 1}; ({p: o, q: o})", "{\"p\":{\"x\":1},\"q\":{\"x\":1}}"},
  };
  CHECK(cases);
}

static void tagged_kinds(void) {
  static const value_case cases[] = {
      {"[undefined]", "[{\"$type\":\"undefined\"}]"},
      {"({a: undefined})", "{\"a\":{\"$type\":\"undefined\"}}"},
      {"[, 1, ,]", "[{\"$type\":\"undefined\"},1,{\"$type\":\"undefined\"}]"},
      {"new Array(2)", "[{\"$type\":\"undefined\"},{\"$type\":\"undefined\"}]"},
      {"NaN", "{\"$type\":\"number\",\"value\":\"NaN\"}"},
      {"Infinity", "{\"$type\":\"number\",\"value\":\"Infinity\"}"},
      {"-Infinity", "{\"$type\":\"number\",\"value\":\"-Infinity\"}"},
      {"-0", "{\"$type\":\"number\",\"value\":\"-0\"}"},
      {"[NaN, -0, 0]", "[{\"$type\":\"number\",\"value\":\"NaN\"},{\"$type\":\"number\",\"value\":\"-0\"},0]"},
      {"10n", "{\"$type\":\"bigint\",\"value\":\"10\"}"},
      {"-(2n ** 70n)", "{\"$type\":\"bigint\",\"value\":\"-1180591620717411303424\"}"},
      {"new Date(0)", "{\"$type\":\"date\",\"value\":\"1970-01-01T00:00:00.000Z\"}"},
      {"new Date(NaN)", "{\"$type\":\"date\",\"value\":null}"},
      {"new Date(-1e15)", "{\"$type\":\"date\",\"value\":\"-029719-04-05T22:13:20.000Z\"}"},
      {"new Map()", "{\"$type\":\"map\",\"entries\":[]}"},
      {"new Map([['a', 1], [{k: 1}, [2]]])", "{\"$type\":\"map\",\"entries\":[[\"a\",1],[{\"k\":1},[2]]]}"},
      {"new Set()", "{\"$type\":\"set\",\"values\":[]}"},
      {"new Set([1, 'a', NaN])", "{\"$type\":\"set\",\"values\":[1,\"a\",{\"$type\":\"number\",\"value\":\"NaN\"}]}"},
      {"/a+\\/\"/gi", "{\"$type\":\"regexp\",\"source\":\"a+\\\\/\\\"\",\"flags\":\"gi\"}"},
      {"new RegExp('')", "{\"$type\":\"regexp\",\"source\":\"(?:)\",\"flags\":\"\"}"},
      {"new TypeError('no')", "{\"$type\":\"error\",\"name\":\"TypeError\",\"message\":\"no\"}"},
      {"new Error()", "{\"$type\":\"error\",\"name\":\"Error\",\"message\":\"\"}"},
      {"[new RangeError('r\"')]", "[{\"$type\":\"error\",\"name\":\"RangeError\",\"message\":\"r\\\"\"}]"},
      {"class E extends Error {} new E('x')", "{\"$type\":\"error\",\"name\":\"Error\",\"message\":\"x\"}"},
      {"new Uint8Array([1, 2, 3])", "{\"$type\":\"bytes\",\"class\":\"Uint8Array\",\"base64\":\"AQID\"}"},
      {"new Uint8Array()", "{\"$type\":\"bytes\",\"class\":\"Uint8Array\",\"base64\":\"\"}"},
      {"new Uint8Array([255, 0, 128, 7]).subarray(1, 3)",
       "{\"$type\":\"bytes\",\"class\":\"Uint8Array\",\"base64\":\"AIA=\"}"},
      {"new Int16Array([1, -1])", "{\"$type\":\"bytes\",\"class\":\"Int16Array\",\"base64\":\"AQD//w==\"}"},
      {"new Float32Array([1])", "{\"$type\":\"bytes\",\"class\":\"Float32Array\",\"base64\":\"AACAPw==\"}"},
      {"new BigInt64Array([1n])", "{\"$type\":\"bytes\",\"class\":\"BigInt64Array\",\"base64\":\"AQAAAAAAAAA=\"}"},
      {"new Uint8Array([9]).buffer", "{\"$type\":\"bytes\",\"class\":\"ArrayBuffer\",\"base64\":\"CQ==\"}"},
      {"new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)",
       "{\"$type\":\"bytes\",\"class\":\"DataView\",\"base64\":\"AgM=\"}"},
      {"function f() {} f", "{\"$type\":\"function\",\"name\":\"f\"}"},
      {"() => 1", "{\"$type\":\"function\",\"name\":\"\"}"},
      {"class A {} A", "{\"$type\":\"function\",\"name\":\"A\"}"},
      {"[Math.max]", "[{\"$type\":\"function\",\"name\":\"max\"}]"},
      {"({m() {}})", "{\"m\":{\"$type\":\"function\",\"name\":\"m\"}}"},
      {"Symbol('s')", "{\"$type\":\"symbol\",\"description\":\"s\"}"},
      {"[Symbol.iterator]", "[{\"$type\":\"symbol\",\"description\":\"Symbol.iterator\"}]"},
      {"Symbol()", "{\"$type\":\"symbol\",\"description\":\"\"}"},
  };
  CHECK(cases);
}

static void cycles(void) {
  static const value_case cases[] = {
      {"const o = {}; o.self = o; o", "{\"self\":{\"$type\":\"ref\",\"path\":\"$\"}}"},
      {"const a = [1]; a.push(a); a", "[1,{\"$type\":\"ref\",\"path\":\"$\"}]"},
      {"const a = {b: [{}]}; a.b[0].up = a.b; a", "{\"b\":[{\"up\":{\"$type\":\"ref\",\"path\":\"$.b\"}}]}"},
      {"const x = {}; ({list: [0, x = Object.assign(x, {me: x})]})", NULL},
      {"const m = new Map(); m.set('m', m); m",
       "{\"$type\":\"map\",\"entries\":[[\"m\",{\"$type\":\"ref\",\"path\":\"$\"}]]}"},
      {"const s = new Set(); s.add(s); s", "{\"$type\":\"set\",\"values\":[{\"$type\":\"ref\",\"path\":\"$\"}]}"},
      {"const p = {n: 'p'}, c = {n: 'c', p}; p.c = c; p",
       "{\"n\":\"p\",\"c\":{\"n\":\"c\",\"p\":{\"$type\":\"ref\",\"path\":\"$\"}}}"},
      {"const d = {a: [{x: 1}]}; d.a[0].loop = d.a[0]; d",
       "{\"a\":[{\"x\":1,\"loop\":{\"$type\":\"ref\",\"path\":\"$.a[0]\"}}]}"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    if (cases[i].want) ut_value_of(cases[i].source, cases[i].want);
}

/* No value of a guest reads as a tag that it is not. */
static void objects_with_a_type_of_their_own(void) {
  static const value_case cases[] = {
      {"({$type: 'x', b: 1})", "{\"$type\":\"object\",\"entries\":[[\"$type\",\"x\"],[\"b\",1]]}"},
      {"({$type: undefined})", "{\"$type\":\"object\",\"entries\":[[\"$type\",{\"$type\":\"undefined\"}]]}"},
      {"[{$type: {$type: 1}}]",
       "[{\"$type\":\"object\",\"entries\":[[\"$type\",{\"$type\":\"object\",\"entries\":[[\"$type\",1]]}]]}]"},
      {"({a: 1, $type: 'map', entries: []})",
       "{\"$type\":\"object\",\"entries\":[[\"a\",1],[\"$type\",\"map\"],[\"entries\",[]]]}"},
      {"class T { $type = 'date' } new T()", "{\"$type\":\"object\",\"entries\":[[\"$type\",\"date\"]]}"},
      {"({get $type() { return 'g' }})", "{\"$type\":\"object\",\"entries\":[[\"$type\",\"g\"]]}"},
      {"({toJSON() { return {$type: 'forged'} }})", "{\"$type\":\"object\",\"entries\":[[\"$type\",\"forged\"]]}"},
      {"JSON.parse('{\"$type\":\"ref\",\"path\":\"$\"}')",
       "{\"$type\":\"object\",\"entries\":[[\"$type\",\"ref\"],[\"path\",\"$\"]]}"},
      {"new Proxy({$type: 'p'}, {})", "{\"$type\":\"object\",\"entries\":[[\"$type\",\"p\"]]}"},
      {"Object.assign([1], {$type: 'x'})", "[1]"},
      {"({'$typ': 1, '$type ': 2})", "{\"$typ\":1,\"$type \":2}"},
      {"Object.prototype.$type = 'all'; ({a: 1})", "{\"a\":1}"},
  };
  CHECK(cases);
  /* a proxy that shows the key in one moment and not in the other */
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_eval(
      cell,
      "new Proxy({}, {ownKeys: () => ['$type', 'value'], getOwnPropertyDescriptor: (t, k) => globalThis[k + 'n'] ? {value: 1, enumerable: true, configurable: true} : (globalThis[k + 'n'] = 1, undefined), get: () => 'NaN'})");
  if (r.status == CLOCHE_OK && r.value) assert_null(strstr(r.value, "{\"$type\":\"NaN\""));
  cloche_cell_close(cell);
}

static void objects_of_classes(void) {
  static const value_case cases[] = {
      {"class P { constructor() { this.x = 1; this.y = {z: 2} } get sum() { return 3 } #hidden = 4; static s = 5 } new P()",
       "{\"x\":1,\"y\":{\"z\":2}}"},
      {"class Q extends Array {} Q.from([1, 2])", "[1,2]"},
      {"class M extends Map {} new M([[1, 2]])", "{\"$type\":\"map\",\"entries\":[[1,2]]}"},
      {"Object.create({inherited: 1}, {own: {value: 2, enumerable: true}, hidden: {value: 3}})", "{\"own\":2}"},
      {"({[Symbol('k')]: 1, a: 2})", "{\"a\":2}"},
      {"Object(5)", "5"},
      {"Object('s')", "\"s\""},
      {"Object(true)", "true"},
      {"[new Number(NaN)]", "[{\"$type\":\"number\",\"value\":\"NaN\"}]"},
      {"(function () { return arguments })(1, 2)", "{\"0\":1,\"1\":2}"},
      {"[Promise.resolve(1)]", "[{}]"},
      {"({p: new Promise(() => {})})", "{\"p\":{}}"},
      {"new WeakMap()", "{}"},
      {"Math", "{}"},
      {"(function* () {})()", "{}"},
      {"new (class { [Symbol.toStringTag] = 'Map' })()", "{}"},
      {"Object.assign([1, 2], {extra: 3})", "[1,2]"},
      {"Object.assign(new Date(0), {extra: 3})", "{\"$type\":\"date\",\"value\":\"1970-01-01T00:00:00.000Z\"}"},
      {"Object.create(Map.prototype)", "{}"},
      {"Object.create(RegExp.prototype)", "{}"},
      {"Object.create(Uint8Array.prototype)", "{}"},
      {"Object.setPrototypeOf([1], null)", "[1]"},
      {"Map.prototype", "{}"},
      {"Object.setPrototypeOf(new Date(0), class X {}.prototype)",
       "{\"$type\":\"date\",\"value\":\"1970-01-01T00:00:00.000Z\"}"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    if (cases[i].want) ut_value_of(cases[i].source, cases[i].want);
}

static void getters_and_to_json(void) {
  static const value_case cases[] = {
      {"({get x() { return 1 + 1 }})", "{\"x\":2}"},
      {"({toJSON() { return 5 }})", "5"},
      {"({toJSON(k) { return {a: [1n]} }})", "{\"a\":[{\"$type\":\"bigint\",\"value\":\"1\"}]}"},
      {"class C { toJSON() { return 'c' } } [new C(), new C()]", "[\"c\",\"c\"]"},
      {"({a: {toJSON: () => undefined}})", "{\"a\":{\"$type\":\"undefined\"}}"},
      {"({toJSON: 5})", "{\"toJSON\":5}"},
      {"Object.prototype.toJSON = () => 'evil'; ({a: 1})", "{\"a\":1}"},
      {"let n = 0; ({get a() { return n++ }, get b() { return n++ }})", "{\"a\":0,\"b\":1}"},
      {"const o = {get x() { delete o.y; return 1 }, y: 2}; o", "{\"x\":1}"},
      {"const a = [1, 2, 3]; Object.defineProperty(a, 0, {get() { a.length = 1; return 'g' }}); a.length", "3"},
  };
  CHECK(cases);
  static const char *const throwing[] = {
      "({get x() { throw new TypeError('g') }})", "({toJSON() { throw new TypeError('g') }})",
      "[{get x() { throw new TypeError('g') }}]", "new Proxy({}, {ownKeys() { throw new TypeError('g') }})",
      "new Map([[1, {get x() { throw new TypeError('g') }}]])"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(throwing); i++) {
    cloche_result r = ut_ends(cell, throwing[i], CLOCHE_UNCAUGHT_ERROR);
    assert_string_equal(r.error_name, "TypeError");
    assert_null(r.value);
  }
  cloche_cell_close(cell);
}

static void proxies(void) {
  static const value_case cases[] = {
      {"new Proxy({a: 1, b: [2]}, {})", "{\"a\":1,\"b\":[2]}"},
      {"new Proxy([1, {x: 2}], {})", "[1,{\"x\":2}]"},
      {"new Proxy({a: 1}, {get: (t, k) => k === 'toJSON' ? undefined : 'trapped ' + String(k)})",
       "{\"a\":\"trapped a\"}"},
      {"new Proxy({a: 1, b: 2}, {ownKeys: () => ['b']})", "{\"b\":2}"},
      {"new Proxy(() => 1, {})", NULL},
      {"[new Proxy({}, {getPrototypeOf: () => Map.prototype})]", "[{}]"},
      {"new Proxy({}, {getPrototypeOf: () => Set.prototype})", "{}"},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++)
    if (cases[i].want) ut_value_of(cases[i].source, cases[i].want);
  static const char *const hostile[] = {
      "const r = Proxy.revocable({}, {}); r.revoke(); r.proxy",
      "const r = Proxy.revocable([], {}); r.revoke(); [r.proxy]",
      "new Proxy([], {get: (t, k) => k === 'length' ? 2 ** 53 : 1})",
      "new Proxy([], {get: (t, k) => k === 'length' ? -5 : 1})",
      "new Proxy([], {get: (t, k) => k === 'length' ? {valueOf() { throw 1 }} : 1})",
      "new Proxy({}, {ownKeys: () => ['a', 'a']})",
      "new Proxy({}, {ownKeys: () => Array.from({length: 1e5}, (_, i) => 'k' + i), getOwnPropertyDescriptor: () => ({value: 1, enumerable: true, configurable: true})})",
      "new Proxy({}, {getOwnPropertyDescriptor: () => ({value: 1, enumerable: true, configurable: true}), ownKeys: () => ['x'], get: () => new Proxy({}, {})})",
      "let p = {}; for (let i = 0; i < 2000; i++) p = new Proxy(p, {}); p",
      "new Proxy([], {get: (t, k) => k === 'length' ? NaN : 1})",
      "new Proxy([], {get: (t, k) => k === 'length' ? 'x' : 1})",
      "new Proxy([], {get: (t, k) => k === 'length' ? 3n : 1})",
      "new Proxy([], {get: (t, k) => k === 'length' ? 1.5 : 1})",
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(hostile); i++) {
    cloche_result r = ut_eval(cell, hostile[i]); /* any end is good, but what is given must be JSON */
    if (r.value && !cl_json_check(r.value, r.value_len)) fail_msg("%s gives %.200s", hostile[i], r.value);
    json_decref(ut_report(cell));
  }
  cloche_cell_close(cell);
}

static void lone_surrogates(void) {
  static const value_case cases[] = {
      {"'\\ud800'", "\"\\ud800\""},
      {"'a\\udc00b'", "\"a\\udc00b\""},
      {"({'\\ud800': '\\udfff'})", "{\"\\ud800\":\"\\udfff\"}"},
      {"['\\ud83d', '\\ude00']", "[\"\\ud83d\",\"\\ude00\"]"},
      {"new Map([['\\ud800', 1]])", "{\"$type\":\"map\",\"entries\":[[\"\\ud800\",1]]}"},
      {"Symbol('\\ud800')", "{\"$type\":\"symbol\",\"description\":\"\\ud800\"}"},
      {"new Error('\\ud800')", "{\"$type\":\"error\",\"name\":\"Error\",\"message\":\"\\ud800\"}"},
      {"({$type: '\\ud800'})", "{\"$type\":\"object\",\"entries\":[[\"$type\",\"\\ud800\"]]}"},
      {"'\\ud83d' + '\\ude00'", "\"\xF0\x9F\x98\x80\""},
  };
  CHECK(cases);
}

static void sparse_and_strange_arrays(void) {
  static const value_case cases[] = {
      {"const a = []; a[3] = 1; a",
       "[{\"$type\":\"undefined\"},{\"$type\":\"undefined\"},{\"$type\":\"undefined\"},1]"},
      {"const a = [1, 2]; delete a[0]; a", "[{\"$type\":\"undefined\"},2]"},
      {"Array.prototype[1] = 'proto'; [0, , 2].length", "3"},
      {"Object.freeze([1, [2]])", "[1,[2]]"},
      {"const a = [1, 2, 3]; a.length = 1; a", "[1]"},
      {"Array(0)", "[]"},
      {"[].concat([1], [[2]])", "[1,[2]]"},
      {"const a = [1]; a.x = a; a", "[1]"},
      {"const a = [0]; Object.defineProperty(a, 0, {get: () => 7, enumerable: false}); a", "[7]"},
  };
  CHECK(cases);
  cloche_cell *cell = ut_one_shot();
  ut_ends(cell, "const a = []; a.length = 2 ** 32 - 1; a", CLOCHE_VALUE_LIMIT);
  cloche_cell_close(cell);
}

static void detached_buffers(void) {
  cloche_cell *cell = ut_one_shot();
  static const char *const sources[] = {
      "const b = new ArrayBuffer(8); const u = new Uint8Array(b); b.transfer && b.transfer(); u",
      "const b = new ArrayBuffer(8, {maxByteLength: 16}); const u = new Uint8Array(b, 4, 4); b.resize && b.resize(2); u",
      "const b = new ArrayBuffer(8); const d = new DataView(b, 4); b.transfer && b.transfer(); d",
      "const b = new ArrayBuffer(8); b.transfer && b.transfer(); b",
      "new Uint8Array(new ArrayBuffer(8, {maxByteLength: 100}))",
      "({get a() { u.buffer.transfer(); return 1 }, u: globalThis.u = new Uint8Array(4)})",
  };
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    ut_eval(cell, sources[i]);
    json_decref(ut_report(cell));
  }
  cloche_cell_close(cell);
}

/* Bytes of every length against a base64 of our own. */
static void bytes_of_every_length(void) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  cloche_cell *cell = ut_one_shot();
  for (unsigned n = 0; n < 40; n++) {
    char source[100], want[200];
    unsigned char bytes[42] = {0};
    for (unsigned i = 0; i < n; i++) bytes[i] = (unsigned char)(i * 41 + n);
    snprintf(source, sizeof source, "Uint8Array.from({length: %u}, (_, i) => i * 41 + %u)", n, n);
    size_t len = (size_t)snprintf(want, sizeof want, "{\"$type\":\"bytes\",\"class\":\"Uint8Array\",\"base64\":\"");
    for (unsigned i = 0; i < n; i += 3) {
      unsigned v = (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | bytes[i + 2];
      want[len++] = digits[v >> 18];
      want[len++] = digits[v >> 12 & 63];
      want[len++] = i + 1 < n ? digits[v >> 6 & 63] : '=';
      want[len++] = i + 2 < n ? digits[v & 63] : '=';
    }
    snprintf(want + len, sizeof want - len, "\"}");
    ut_value(cell, source, want);
  }
  cloche_cell_close(cell);
}

static void large_values(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_eval(cell, "Array.from({length: 100000}, (_, i) => ({i, s: 'x' + i}))");
  assert_int_equal(r.status, CLOCHE_OK);
  json_t *value = json_loadb(r.value, r.value_len, 0, NULL);
  assert_int_equal(json_array_size(value), 100000);
  assert_int_equal(json_integer_value(json_object_get(json_array_get(value, 99999), "i")), 99999);
  json_decref(value);
  r = ut_eval(cell, "new Uint8Array(2e6).fill(65)");
  assert_int_equal(r.status, CLOCHE_OK);
  assert_int_equal(r.value_len, strlen("{\"$type\":\"bytes\",\"class\":\"Uint8Array\",\"base64\":\"\"}") + 2666668);
  r = ut_eval(cell, "let d = 1; for (let i = 0; i < 290; i++) d = i % 2 ? [d] : {d}; d");
  assert_int_equal(r.status, CLOCHE_OK);
  assert_true(cl_json_check(r.value, r.value_len));
  r = ut_eval(cell, "let d = 1; for (let i = 0; i < 290; i++) d = i % 2 ? new Map([[1, d]]) : new Set([d]); d");
  assert_int_equal(r.status, CLOCHE_OK);
  assert_true(cl_json_check(r.value, r.value_len));
  ut_ends(cell, "let d = 1; for (let i = 0; i < 410; i++) d = [d]; d", CLOCHE_VALUE_LIMIT);
  cloche_cell_close(cell);
}

static void reprs(void) {
  static const value_case cases[] = {
      {"1", "1"},
      {"-0", "-0"},
      {"NaN", "NaN"},
      {"'a'", "'a'"},
      {"\"it's\"", "\"it's\""},
      {"'a\\nb'", "'a\\nb'"},
      {"true", "true"},
      {"null", "null"},
      {"undefined", "undefined"},
      {"5n", "5n"},
      {"Symbol('s')", "Symbol(s)"},
      {"[]", "[]"},
      {"({})", "{}"},
      {"[1, [2]]", "[ 1, [ 2 ] ]"},
      {"({a: {b: {c: {d: 1}}}})", "{ a: { b: { c: [Object] } } }"},
      {"[, 1]", "[ <1 empty item>, 1 ]"},
      {"new Map([[1, {a: 2}]])", "Map(1) { 1 => { a: 2 } }"},
      {"new Set(['x'])", "Set(1) { 'x' }"},
      {"new Date(0)", "1970-01-01T00:00:00.000Z"},
      {"/x/g", "/x/g"},
      {"function f() {} f", "[Function: f]"},
      {"class A {} A", "[class A]"},
      {"new (class Foo { x = 1 })()", "Foo { x: 1 }"},
      {"new Uint8Array([1])", "Uint8Array(1) [ 1 ]"},
      {"({'a-b': 1})", "{ 'a-b': 1 }"},
      {"Promise.resolve([1])", "[ 1 ]"},
      {"() => 1", "[Function (anonymous)]"},
      {"Object.create(null)", "[Object: null prototype] {}"},
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    assert_int_equal(ut_eval(cell, cases[i].source).status, CLOCHE_OK);
    if (strcmp(ut_report_text(cell, "repr"), cases[i].want) != 0)
      fail_msg("repr of %s is %s, not %s", cases[i].source, ut_report_text(cell, "repr"), cases[i].want);
  }
  /* long ones are cut, and the value is whole */
  cloche_result r = ut_eval(cell, "'x'.repeat(3e6)");
  assert_int_equal(r.status, CLOCHE_OK);
  assert_int_equal(r.value_len, 3000002);
  json_decref(ut_report(cell));
  r = ut_eval(cell, "Array.from({length: 50}, () => 'y'.repeat(50000))");
  assert_int_equal(r.status, CLOCHE_OK);
  json_decref(ut_report(cell));
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(json_kinds),
      UT(tagged_kinds),
      UT(cycles),
      UT(objects_with_a_type_of_their_own),
      UT(objects_of_classes),
      UT(getters_and_to_json),
      UT(proxies),
      UT(lone_surrogates),
      UT(sparse_and_strange_arrays),
      UT(detached_buffers),
      UT(bytes_of_every_length),
      UT(large_values),
      UT(reprs),
  };
  return UT_RUN("value", tests);
}
