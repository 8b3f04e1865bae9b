/* Runs that are a person's inputs: names that are declared again, the value in `_`, and completion, which runs nothing of
 * the guest's and leaves no trace. */
#include "unit.h"

typedef struct {
  const char *source, *want; /* want: a JSON text; NULL: undefined; "!...": an error that begins so */
} input;

static cloche_result enter_as(cloche_cell *cell, const char *source, const char *language, bool interactive) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result = {0};
  options.interactive = interactive;
  options.language = language;
  assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &options, &result, &err), CLOCHE_OK);
  return result;
}

static void enter_all(const char *language, const input *inputs, size_t count) {
  cloche_cell *cell = ut_session();
  for (size_t i = 0; i < count; i++) {
    cloche_result r = enter_as(cell, inputs[i].source, language, true);
    const char *want = inputs[i].want ? inputs[i].want : "undefined";
    const char *got = r.status != CLOCHE_OK ? r.error_message : r.value ? r.value : "undefined";
    bool fine = r.status == CLOCHE_OK;
    if (fine == (want[0] == '!') || (fine ? strcmp(got, want) : strncmp(got, want + 1, strlen(want + 1))) != 0)
      fail_msg("input %zu: %s\nwanted: %s\n   got: %s", i, inputs[i].source, want, got);
  }
  cloche_cell_close(cell);
}
#define ENTER(...) enter_all("js", (const input[]){__VA_ARGS__}, sizeof((const input[]){__VA_ARGS__}) / sizeof(input))
#define ENTER_TS(...) \
  enter_all("ts", (const input[]){__VA_ARGS__}, sizeof((const input[]){__VA_ARGS__}) / sizeof(input))

/* ---- declaring again */

static void names_are_declared_again(void) {
  ENTER({"const x = 1", NULL}, {"const x = 2; x", "2"}, {"let x = 3; x", "3"}, {"x = 4", "4"}, {"const x = 5", NULL},
        {"x = 6", "!'x' is read-only"}, {"class x { get y() { return 7 } }; new x().y", "7"},
        {"function x() { return 8 }; x()", "8"}, {"let x = 9; x", "9"}, {"var x = 10; x", "10"},
        {"let x = 11; [x, globalThis.x]", "[11,10]"}, {"const x = 12; x", "12"},
        {"function x() { return 13 } x()", "13"}, {"const {x, y: [z]} = {x: 14, y: [15]}; [x, z]", "[14,15]"},
        {"let z = 16, x = 17, w = 18; [x, z, w]", "[17,16,18]"});
}

static void other_names_stay(void) {
  ENTER({"const a = 1, b = 2, f = () => a + b", NULL}, {"const a = 10; f()", "12"}, {"typeof b", "\"number\""},
        {"let console = 5; console", "5"}, {"const [c, d] = [1, 2]", NULL}, {"let c = 3; [c, d]", "[3,2]"});
}

static void what_the_engine_refuses_takes_nothing_away(void) {
  ENTER({"const a = 1", NULL}, {"let a = 2, undefined = 3", "!'undefined' already declared"}, {"a", "1"},
        {"let a = 2; let a = 3", "!"}, {"a", "1"}, {"let a = ", "!"}, {"a", "1"},
        {"Object.defineProperty(globalThis, 'fixed', {value: 1}); let b = 2", "{}"}, {"let b = 3, fixed = 4", "!"},
        {"b", "2"}, {"var undefined = 5; typeof undefined", "\"undefined\""});
}

static void nothing_is_evaluated_twice(void) {
  ENTER({"let n = 0, x = 1", NULL}, {"n++; let x = 2; throw new SyntaxError(\"redeclaration of 'x'\")", "!"},
        {"n", "1"}, {"n++; eval('var x')", "!redeclaration of 'x'"}, {"[n, x]", "[2,2]"});
}

static void an_initialiser_that_throws_is_no_trap(void) {
  ENTER({"const x = null.y", "!"}, {"x", "!"}, {"const x = 1; x", "1"});
}

static void a_sealed_world_keeps_its_names(void) {
  ENTER({"let x = 1; Object.preventExtensions(globalThis); 0", "0"}, {"var x = 2", "!"}, {"x", "1"}, {"let x = 3", "!"},
        {"x", "1"});
}

static void types_and_rewritten_inputs_declare_again(void) {
  ENTER_TS({"const x: number = 1", NULL}, {"const x: string = 'a'; x", "\"a\""}, {"enum E { A, B }; E.B", "1"},
           {"enum E { C = 7 }; E.C", "7"}, {"class x<T> { y!: T }; typeof x", "\"function\""},
           {"const x = 5; return x", "5"}, {"const x = 6; return x", "6"}, {"const x = await 7; x", "7"}, {"x", "7"},
           {"function x(): number { return 8 } return x()", "8"}, {"const x = 9; x", "9"});
}

static void only_interactive_runs_declare_again(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "const x = 1", NULL);
  ut_ends(cell, "const x = 2", CLOCHE_UNCAUGHT_ERROR);
  assert_int_equal(enter_as(cell, "const x = 3", "js", true).status, CLOCHE_OK);
  ut_value(cell, "[x, typeof _]", "[3,\"undefined\"]");
  cloche_cell_close(cell);
}

static void a_killed_run_gives_names_back(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 50 * UT_MS;
  cloche_cell *cell = ut_limited(&limits, true);
  enter_as(cell, "const x = 1; 41", "js", true);
  cloche_result r = enter_as(cell, "const x = 2; for (;;);", "js", true);
  assert_int_equal(r.status, CLOCHE_WALL_TIME_LIMIT);
  assert_true(r.rolled_back);
  ut_value(cell, "[x, _]", "[1,41]");
  cloche_cell_close(cell);
}

/* ---- the last value */

static void the_value_stays_in_underscore(void) {
  ENTER({"typeof _", "\"undefined\""}, {"_ + '!'", "\"undefined!\""}, {"6 * 7", "42"}, {"_ + 1", "43"},
        {"undefined", NULL}, {"_", "43"}, {"await Promise.resolve([1])", "[1]"}, {"_.push(2)", "2"}, {"null", "null"},
        {"_", "null"}, {"throw 5", "!"}, {"_", "null"}, {"1", "1"},
        {"const d = Object.getOwnPropertyDescriptor(globalThis, '_'); [d.enumerable, d.configurable, d.writable]",
         "[false,true,true]"},
        {"delete globalThis._", "true"}, {"_", "true"});
  ENTER_TS({"const x: number = 5; x as number", "5"}, {"_", "5"}, {"return _ + 1", "6"}, {"_", "6"});
}

static void an_underscore_of_the_guests_is_left_alone(void) {
  ENTER({"1", "1"}, {"const _ = 'mine'", NULL}, {"2", "2"}, {"_", "\"mine\""});
  ENTER({"1", "1"}, {"var _ = 'mine'", NULL}, {"2", "2"}, {"_", "\"mine\""}, {"globalThis._", "\"mine\""});
  ENTER({"1", "1"}, {"function _() {}", NULL}, {"2", "2"}, {"typeof _", "\"function\""});
  ENTER({"_ = 'mine'", "\"mine\""}, {"2", "2"}, {"_", "\"mine\""});
  ENTER(
      {"let hit = 0; Object.defineProperty(globalThis, '_', {get() { return 3 }, set() { hit++ }, configurable: true}); 1",
       "1"},
      {"2", "2"}, {"[_, hit]", "[3,0]"});
}

/* ---- completion */

static cloche_result complete(cloche_cell *cell, const char *text) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_result result = {0};
  options.complete = true;
  assert_int_equal(cloche_cell_eval(cell, text, strlen(text), &options, &result, &err), CLOCHE_OK);
  return result;
}

/* `names` is the list as JSON; "...": some, that are not looked at. */
static void completes(cloche_cell *cell, const char *text, int from, const char *names) {
  cloche_result r = complete(cell, text);
  json_t *value = r.value ? json_loads(r.value, 0, NULL) : NULL, *list = json_object_get(value, "names");
  if (!list) fail_msg("%s: %s %s", text, r.value ? r.value : "no value", r.error_message ? r.error_message : "");
  char *got = json_dumps(list, JSON_COMPACT);
  bool same = strcmp(names, "...") == 0 ? json_array_size(list) > 0 : strcmp(got, names) == 0;
  if (!same || json_integer_value(json_object_get(value, "from")) != from)
    fail_msg("%s\nwanted: %d %s\n   got: %s", text, from, names, r.value);
  assert_true(r.rolled_back);
  assert_string_equal(ut_console(cell), ""); /* what has run says so; else it leaves nothing behind */
  free(got);
  json_decref(value);
}

static cloche_cell *furnished(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell,
           "const apple = {red: {size: 3, 'odd key': 1}, ripe: 'yes', list: [{deep: {end: 1}}]}; let apricot = 2;"
           "var april = 4; function apply() {} class Apex { static only = 1; method() {} }; const apex = new Apex();"
           "const äpfel = 1; const big = new Array(100000).fill(0); const bytes = new Uint8Array(1e6);",
           NULL);
  return cell;
}

static void names_are_found(void) {
  cloche_cell *cell = furnished();
  completes(cell, "ap", 0, "[\"apex\",\"apple\",\"apply\",\"apricot\",\"april\"]");
  completes(cell, "1 + apri", 4, "[\"apricot\",\"april\"]");
  completes(cell, "apple.", 6, "...");
  completes(cell, "apple.r", 6, "[\"red\",\"ripe\"]");
  completes(cell, "apple?.red.s", 11, "[\"size\"]");
  completes(cell, "apple['red'].s", 13, "[\"size\"]");
  completes(cell, "apple . red\n.s", 13, "[\"size\"]");
  completes(cell, "apple.list[0].deep.e", 19, "[\"end\"]");
  completes(cell, "apple?.[\"red\"].s", 15, "[\"size\"]");
  completes(cell, "apple[\"list\"][0]['deep'].e", 25, "[\"end\"]");
  completes(cell, "apple.ripe.toUpp", 11, "[\"toUpperCase\"]");
  completes(cell, "apex.me", 5, "[\"method\"]");
  completes(cell, "Apex.on", 5, "[\"only\"]");
  completes(cell, "apricot.toF", 8, "[\"toFixed\"]");
  completes(cell, "'text'.trimS", 7, "[\"trimStart\"]");
  completes(cell, "`a${apri", 4, "[\"apricot\",\"april\"]");
  completes(cell, "`a${1}b`.trimS", 9, "[\"trimStart\"]");
  completes(cell, "[1, [2]].flatM", 9, "[\"flatMap\"]");
  completes(cell, "/a[/]b/g.tes", 9, "[\"test\"]");
  completes(cell, "1 / 2 / apri", 8, "[\"apricot\",\"april\"]");
  completes(cell, "JSON.pa", 5, "[\"parse\"]");
  completes(cell, "globalThis.JSON.pa", 16, "[\"parse\"]");
  completes(cell, "this.JSON.pa", 10, "[\"parse\"]");
  completes(cell, "whi", 0, "[\"while\"]");
  completes(cell, "äp", 0, "[\"äpfel\"]");
  completes(cell, "'😀' + äp", 6, "[\"äpfel\"]");
  completes(cell, "apple.__pro", 6, "[\"__proto__\"]");
  completes(cell, "big.len", 4, "[\"length\"]");
  completes(cell, "bytes.len", 6, "[\"length\"]");
  completes(cell, "", 0, "...");
  cloche_cell_close(cell);
}

static void where_no_name_can_stand_there_are_none(void) {
  cloche_cell *cell = furnished();
  static const char *const texts[] = {"'ap",
                                      "\"ap",
                                      "`ap",
                                      "// ap",
                                      "/* ap",
                                      "/ap",
                                      "1.",
                                      "12e",
                                      "apple().r",
                                      "f(apple).r",
                                      "nothing.at.all.",
                                      "x.#r",
                                      "(apple).r",
                                      "apple[i].s",
                                      "null.",
                                      "if.",
                                      ".",
                                      "apple.red.size.q",
                                      "]ap]."};
  for (size_t i = 0; i < UT_COUNT(texts); i++) {
    cloche_result r = complete(cell, texts[i]);
    if (!r.value || !strstr(r.value, "\"names\":[]"))
      fail_msg("%s: %s %s", texts[i], r.value ? r.value : "", r.error_message ? r.error_message : "");
  }
  cloche_cell_close(cell);
}

static void hostile_guests_complete_nothing(void) {
  cloche_cell *cell = ut_session();
  ut_eval(
      cell,
      "const print = console.log, note = what => { print(what); throw new Error(what) };"
      "const traps = new Proxy({}, {get: (t, k) => () => note('trap ' + k)});"
      "const proxy = new Proxy({inner: 1}, traps);"
      "const evil = {get got() { return note('getter') }, __proto__: proxy, plain: {sub: 1}, toString() { note('text') },"
      "  get [Symbol.toStringTag]() { return note('tag') }};"
      "Object.defineProperty(globalThis, 'globalGetter', {get() { return note('global') }, configurable: true}); 0");
  completes(cell, "proxy.i", 6, "[]");
  completes(cell, "proxy.inner.", 12, "[]");
  completes(cell, "evil.g", 5, "[\"got\"]");
  completes(cell, "evil.got.", 9, "[]");
  completes(cell, "evil.plain.s", 11, "[\"sub\"]");
  completes(cell, "globalGetter.", 13, "[]");
  completes(cell, "glob", 0, "[\"globalGetter\",\"globalThis\"]");
  ut_eval(
      cell,
      "for (const p of [Array.prototype, Object.prototype, String.prototype, Set.prototype, RegExp.prototype])"
      "  for (const k of Reflect.ownKeys(p)) if (k !== 'constructor' && k !== '__proto__')"
      "    try { Object.defineProperty(p, k, {get() { return note(String(k)) }, configurable: true}) } catch {}"
      "for (let i = 0; i < 9; i++) Object.defineProperty(Array.prototype, i, {set() { note('index') }, configurable: true});"
      "for (const k of ['get', 'set', 'value', 'toJSON'])"
      "  Object.defineProperty(Object.prototype, k, {get() { return note(k) }, configurable: true}); 0");
  completes(cell, "evil.plain.su", 11, "[\"sub\"]");
  completes(cell, "evil.got.", 9, "[]");
  ut_eval(cell, "Object.setPrototypeOf(globalThis, proxy); 0");
  completes(cell, "glob", 0, "[\"globalGetter\",\"globalThis\"]");
  cloche_cell_close(cell);
}

static void completion_leaves_no_trace(void) {
  cloche_cell *cell = ut_session();
  enter_as(cell, "const x = {a: 1}; 42", "js", true);
  for (int i = 0; i < 50; i++) complete(cell, "x.");
  cloche_cell_stats stats;
  assert_int_equal(cloche_cell_measure(cell, &stats, NULL), CLOCHE_OK);
  assert_int_equal(stats.runs, 1);
  ut_value(cell, "_", "42");
  cloche_result r = ut_ends(cell, "f(", CLOCHE_SYNTAX_ERROR);
  assert_string_equal(r.error_source, "main-3.js");
  cloche_cell_close(cell);
}

static void completion_is_bounded(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "const many = {}; for (let i = 0; i < 3000; i++) many['n' + i] = i; many.n1", "1");
  cloche_result r = complete(cell, "many.n");
  json_t *value = json_loads(r.value, 0, NULL);
  assert_int_equal(json_array_size(json_object_get(value, "names")), 500);
  json_decref(value);
  char *deep = malloc(200001);
  for (int i = 0; i < 200000; i += 2) memcpy(deep + i, "a.", 2);
  deep[200000] = 0;
  r = complete(cell, deep); /* as deep as it is, it harms nobody */
  assert_false(r.status == CLOCHE_OK && !r.value);
  free(deep);
  ut_value(cell, "many.n2", "2");
  cloche_cell_close(cell);
}

static void unset_names_complete_to_nothing(void) {
  cloche_cell *cell = ut_session();
  ut_ends(cell, "const broken = null.x", CLOCHE_UNCAUGHT_ERROR);
  completes(cell, "brok", 0, "[\"broken\"]");
  completes(cell, "broken.", 7, "[]");
  cloche_cell_close(cell);
}

static void tools_are_completed(void) {
  cloche_cell *cell = ut_session();
  ut_tool(cell, "search_web", false);
  ut_tool(cell, "save", true);
  completes(cell, "tools.s", 6, "[\"save\",\"search_web\"]");
  completes(cell, "tools.unknown.", 14, "[]");
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(names_are_declared_again),
      UT(other_names_stay),
      UT(what_the_engine_refuses_takes_nothing_away),
      UT(nothing_is_evaluated_twice),
      UT(an_initialiser_that_throws_is_no_trap),
      UT(a_sealed_world_keeps_its_names),
      UT(types_and_rewritten_inputs_declare_again),
      UT(only_interactive_runs_declare_again),
      UT(a_killed_run_gives_names_back),
      UT(the_value_stays_in_underscore),
      UT(an_underscore_of_the_guests_is_left_alone),
      UT(names_are_found),
      UT(where_no_name_can_stand_there_are_none),
      UT(hostile_guests_complete_nothing),
      UT(completion_leaves_no_trace),
      UT(completion_is_bounded),
      UT(unset_names_complete_to_nothing),
      UT(tools_are_completed),
  };
  return UT_RUN("interactive", tests);
}
