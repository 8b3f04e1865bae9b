/* Modules from the host's map: what a name means, what imports give, how modules fail, how long they live. */
#include "unit.h"

typedef struct {
  const char *name, *source, *language;
} module;

static void give(cloche_cell *cell, const module *m) {
  cloche_module given = CLOCHE_MODULE_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  given.name = m->name;
  given.source = m->source;
  given.source_len = strlen(m->source);
  given.language = m->language;
  if (cloche_cell_module(cell, &given, &err) != CLOCHE_OK) fail_msg("%s: %s", m->name, err.message);
}

#define GIVE(cell, ...)                                                       \
  do {                                                                        \
    static const module given_[] = {__VA_ARGS__};                             \
    for (size_t n_ = 0; n_ < UT_COUNT(given_); n_++) give(cell, &given_[n_]); \
  } while (0)

/* A rejected promise, too, has a value to look at: the source is put into a try. */
static void value_or_error(cloche_cell *cell, const char *source, const char *want) {
  char text[600];
  snprintf(text, sizeof text, "try { %s } catch (e) { [e.name, e.code ?? null] }", source);
  ut_value(cell, text, want);
}

/* ---- names */

static void names(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"import {v} from 'plain'; v", "\"plain\""},
      {"import {v} from './plain'; v", "\"plain\""},
      {"import {v} from 'lib/a.js'; v", "\"lib/a\""},
      {"import {v} from './lib/a.js'; v", "\"lib/a\""},
      {"import {v} from './lib/a'; v", "\"lib/a\""},
      {"import {v} from './lib/./a'; v", "\"lib/a\""},
      {"import {v} from './lib/x/../a'; v", "\"lib/a\""},
      {"import {v} from './ts'; v", "\"ts\""},
      {"import {v} from './ts.ts'; v", "\"ts\""},
      {"import {v} from './ts.js'; v", "\"ts\""}, /* as TypeScript writes it */
      {"import {v} from 'tsx'; v", "\"tsx\""},
      {"import {v} from 'jsx'; v", "\"jsx\""},
      {"import {v} from 'jsx.js'; v", "\"jsx\""},
      {"import {v} from 'm'; v", "\"mjs\""},
      {"import {v} from '@scope/pkg'; v", "\"scoped\""},
      {"import {v} from 'node:fs'; v", "\"scheme\""},
      {"import {v} from 'with space'; v", "\"space\""},
      {"import {v} from '\xC3\xBC/\xF0\x9F\x98\x80'; v", "\"unicode\""},
      {"import {v} from './lib/up.js'; v", "\"lib/a lib/deep/b plain\""},
      {"import {v} from './lib/deep/b.js'; v", "\"lib/deep/b\""},
      {"import {v} from 'both.js'; v", "\"both.js\""}, /* the exact name wins, whatever was given first */
      {"import {v} from 'both.ts'; v", "\"both.ts\""},
      {"import {v} from 'x.y.z'; v", "\"dots\""},
  };
  cloche_cell *cell = ut_one_shot();
  GIVE(
      cell, {"plain", "export const v = 'plain'", NULL}, {"./lib/a.js", "export const v = 'lib/a'", NULL},
      {"./lib/deep/b.js", "export const v = 'lib/deep/b'", NULL},
      {"./lib/up.js",
       "import {v as a} from './a.js'; import {v as b} from './deep/b'; import {v as c} from '../plain'; export const v = a + ' ' + b + ' ' + c",
       NULL},
      {"./ts.ts", "export const v: string = 'ts'", "ts"}, {"tsx.tsx", "export const v: string = 'tsx'", "tsx"},
      {"jsx.jsx", "export const v = 'jsx'", "jsx"}, {"m.mjs", "export const v = 'mjs'", NULL},
      {"@scope/pkg", "export const v = 'scoped'", NULL}, {"node:fs", "export const v = 'scheme'", NULL},
      {"with space", "export const v = 'space'", NULL},
      {"\xC3\xBC/\xF0\x9F\x98\x80", "export const v = 'unicode'", NULL},
      {"both.ts", "export const v = 'both.ts'", "ts"}, {"both.js", "export const v = 'both.js'", NULL},
      {"x.y.z", "export const v = 'dots'", NULL});
  for (size_t i = 0; i < UT_COUNT(cases); i++) ut_value(cell, cases[i].source, cases[i].want);
  cloche_cell_close(cell);
}

/* A relative name means the place that it names from where it stands, whatever else is called like it. */
static void relative_names_come_from_their_folder(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"./b.js", "export default 'root'", NULL}, {"./dir/a.js", "export {default} from './b.js'", NULL},
       {"./dir/b.js", "export default 'dir'", NULL}, {"lib.js", "export default 'inner'", NULL},
       {"../lib.js", "export default 'outer'", NULL});
  ut_value(cell, "(await import('./dir/a.js')).default", "\"dir\"");
  ut_value(cell, "(await import('./b.js')).default", "\"root\"");
  ut_value(cell, "(await import('../lib.js')).default", "\"outer\"");
  ut_value(cell, "(await import('lib.js')).default", "\"inner\"");
  cloche_cell_close(cell);
}

/* Modules are compiled for the names of factory and fragment that the run has. */
static void modules_follow_the_factory_of_the_run(void) {
  static const char source[] = "globalThis.h = () => 'h'; globalThis.g = () => 'g'; (await import('v.tsx')).default";
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"v.tsx", "export default <a/>", "tsx"});
  for (int i = 0; i < 4; i++) {
    cloche_error err = CLOCHE_ERROR_INIT;
    cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
    cloche_result r;
    options.jsx_factory = i % 2 ? "g" : "h";
    assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &options, &r, &err), CLOCHE_OK);
    assert_string_equal(r.value, i % 2 ? "\"g\"" : "\"h\"");
  }
  cloche_cell_close(cell);
}

/* A function of an earlier run is not looked for in the text of this one. */
static void frames_of_earlier_runs(void) {
  cloche_cell *cell = ut_session();
  ut_value(cell, "\n\nfunction f() { null.x }", NULL);
  cloche_result r = ut_ends(cell, "1;\nf();\n3", CLOCHE_UNCAUGHT_ERROR);
  assert_int_equal(r.line, 2);
  assert_non_null(strstr(r.error_stack, "main.js:3"));
  cloche_cell_close(cell);
}

/* What the host did not give is not there, however it is asked for. */
static void other_names_are_unknown(void) {
  static const char *const unknown[] = {"nowhere", "./nowhere",   "lib",       "lib/",          "",      ".",
                                        "..",      "/etc/passwd", "../plain",  "plain/",        "plai",  "plain ",
                                        "PLAIN",   "plain.ts.js", "lib//a.js", "file:///plain", "lib/b", "os",
                                        "std"};
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"plain", "export const v = 1", NULL}, {"lib/a.js", "export const v = 1", NULL});
  for (size_t i = 0; i < UT_COUNT(unknown); i++) {
    char source[200];
    snprintf(source, sizeof source, "(await import('%s')).v", unknown[i]);
    value_or_error(cell, source, "[\"Error\",\"unknown_module\"]");
  }
  cloche_cell_close(cell);
}

static void unknown_modules_name_those_there_are(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = ut_ends(cell, "import {a} from 'lodash'; a", CLOCHE_UNCAUGHT_ERROR);
  assert_non_null(strstr(r.error_message, "'lodash'"));
  assert_non_null(strstr(r.error_message, "no modules"));
  assert_string_equal(ut_report_text(cell, "error.guest_code"), "unknown_module");
  GIVE(cell, {"one", "export {}", NULL}, {"two.ts", "export {}", "ts"});
  r = ut_ends(cell, "import 'lodash'", CLOCHE_UNCAUGHT_ERROR);
  assert_non_null(strstr(r.error_message, "one, two.ts"));
  ut_value(cell, "import('lodash').catch(e => [e instanceof Error, e.code, e.message.includes('two.ts')])",
           "[true,\"unknown_module\",true]");
  char source[1300] = "import('";
  memset(source + 8, 'x', 1200);
  memcpy(source + 1208, "')", 3);
  r = ut_ends(cell, source, CLOCHE_UNCAUGHT_ERROR);
  assert_true(strlen(r.error_message) < 600);
  json_decref(ut_report(cell));
  cloche_cell_close(cell);
}

static void bad_modules_are_refused(void) {
  cloche_cell *cell = ut_one_shot();
  char longest[257];
  memset(longest, 'n', 256);
  longest[256] = 0;
  const char *const bad[] = {NULL, "", "a\nb", "a\x01", "\x7F", "\xC3", "\xFF\xFE", "\xED\xA0\x80", longest};
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_module m = CLOCHE_MODULE_INIT;
  m.source = "export {}";
  m.source_len = 9;
  for (size_t i = 0; i < UT_COUNT(bad); i++) {
    m.name = bad[i];
    assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_INVALID_ARGUMENT);
    assert_non_null(strstr(err.message, "name"));
  }
  m.name = longest + 1; /* 255 bytes */
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_OK);
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_INVALID_ARGUMENT);
  assert_non_null(strstr(err.message, "already"));
  m.name = "language";
  m.language = "python";
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_INVALID_ARGUMENT);
  assert_non_null(strstr(err.message, "python"));
  m.language = NULL;
  m.version = 2;
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_INVALID_ARGUMENT);
  m.version = 1;
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_OK); /* none of the refused ones took the name */
  char source[400];
  snprintf(source, sizeof source, "import '%s'; import * as l from 'language'; Object.keys(l).length", longest + 1);
  ut_value(cell, source, "0");
  cloche_cell_close(cell);
}

static void modules_are_held_to_the_source_limit(void) {
  cloche_limits limits = ut_limits();
  limits.source_bytes = 60;
  cloche_cell *cell = ut_limited(&limits, false);
  char text[80];
  memset(text, ' ', sizeof text);
  memcpy(text, "export const v = 1", 18);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_module m = {1, "m", text, 61, NULL};
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_INVALID_ARGUMENT);
  assert_non_null(strstr(err.message, "source"));
  m.source_len = 60;
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_OK);
  memset(text, 'x', sizeof text); /* it was copied */
  ut_value(cell, "import {v} from 'm'; v", "1");
  cloche_cell_close(cell);
}

static void modules_are_not_given_during_a_run(void) {
  cloche_cell *cell = ut_one_shot();
  ut_tool(cell, "hold", false);
  assert_int_equal(ut_start(cell, "await tools.hold(); (await import('m')).v"), CLOCHE_WAITING);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_module m = {1, "m", "export const v = 1", 18, NULL};
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_INVALID_STATE);
  cloche_cell_interrupt(cell);
  assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
  assert_int_equal(cloche_cell_module(cell, &m, &err), CLOCHE_OK);
  ut_value(cell, "(await import('m')).v", "1");
  cloche_cell_close(cell);
}

/* ---- what imports give */

static void kinds_of_imports(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"import d from 'm'; d", "\"default\""},
      {"import {a} from 'm'; a", "1"},
      {"import {a as b} from 'm'; b", "1"},
      {"import {default as d} from 'm'; d", "\"default\""},
      {"import {'odd name' as o} from 'm'; o", "\"odd\""},
      {"import d, {a, f as g} from 'm'; [d, a, g(2)]", "[\"default\",1,4]"},
      {"import * as ns from 'm'; Object.keys(ns)", "[\"a\",\"default\",\"f\",\"live\",\"odd name\",\"raise\"]"},
      {"import d, * as ns from 'm'; d === ns.default", "true"},
      {"import 'm'; globalThis.evaluated", "1"},
      {"import {} from 'm'; globalThis.evaluated", "1"},
      {"import {a} from 'm'\nimport {f} from 'm'\nf(a)", "2"},
      {"import {a} from \"m\"; return a", "1"},
      {"import {\n  a, // one\n  f,\n} from 'm'\nf(a)", "2"},
      {"(await import('m')).a", "1"},
      {"const name = 'm'; const {a} = await import(name); a", "1"},
      {"import('m').then(m => m.default)", "\"default\""},
      {"const [x, y] = await Promise.all([import('m'), import('m')]); x === y", "true"},
      {"import * as ns from 'm'; ns === await import('m')", "true"},
      {"import * as ns from 'm'; ns.raise(); ns.live", "1"}, /* namespaces are live */
      {"import * as ns from 'm'; [Object.isSealed(ns), typeof ns.nope, Reflect.set(ns, 'a', 5)]",
       "[true,\"undefined\",false]"},
      {"export {a} from 'm'; 3", "3"},
      {"export * from 'm'; export * as ns from 'm'; 3", "3"},
      {"'import {a} from \"m\"'", "\"import {a} from \\\"m\\\"\""},
      {"// import x from 'y'\n1", "1"},
  };
  cloche_cell *cell = ut_one_shot();
  GIVE(
      cell,
      {"m",
       "globalThis.evaluated = (globalThis.evaluated ?? 0) + 1; export default 'default'; export const a = 1; export function f(x) { return x * 2 } const odd = 'odd'; export {odd as 'odd name'}; export let live = 0; export function raise() { live++ }",
       NULL});
  for (size_t i = 0; i < UT_COUNT(cases); i++) ut_value(cell, cases[i].source, cases[i].want);
  cloche_cell_close(cell);
}

/* Imports are there before all else runs, wherever they stand. */
static void imports_come_first(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell,
       {"m", "export const a = 1; export const f = () => 2; (globalThis.order = globalThis.order || []).push('m')",
        NULL});
  ut_value(cell, "const late = a; import {a} from 'm'; late", "1");
  ut_value(cell, "(globalThis.order = globalThis.order || []).push('main'); import 'm'; order", "[\"m\",\"main\"]");
  ut_value(cell, "const x = f()\nx + 1\nimport {f} from 'm'", "3");
  cloche_cell_close(cell);
}

static void imports_of_typescript(void) {
  static const struct {
    const char *source, *want;
  } cases[] = {
      {"import {make, type Shape, E} from './shape'; const s: Shape = make(E.Two); s.area", "4"},
      {"import type {Shape} from './nowhere'; let s: Shape | null = null; s", "null"},
      {"import {Shape} from './shape'; let s: Shape = {area: 2}; s.area", "2"},
      {"import Box from './box'; (Box({w: 3}) as any).props.w", "3"},
      {"import Box from './box'; const b: any = <Box w={4}/>; b.type + b.props.w", "\"box4\""},
      {"return (await import('./shape')).make(1).area as number", "1"},
  };
  cloche_cell *cell = ut_one_shot();
  GIVE(
      cell,
      {"shape.ts",
       "export interface Shape { area: number }\nexport enum E { One = 1, Two }\nexport const make = <T extends number>(n: T): Shape => ({area: n * n});",
       "ts"},
      {"box.tsx",
       "import type {Shape} from './shape';\nexport default function Box({w}: {w: number}): unknown { return <box w={w as number}/> }",
       "tsx"});
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = "tsx";
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_result r = {0};
    cloche_error err = CLOCHE_ERROR_INIT;
    assert_int_equal(cloche_cell_eval(cell, cases[i].source, strlen(cases[i].source), &options, &r, &err), CLOCHE_OK);
    if (r.status != CLOCHE_OK || strcmp(r.value, cases[i].want) != 0)
      fail_msg("%s: %s", cases[i].source, r.value ? r.value : r.error_message);
  }
  cloche_cell_close(cell);
}

static void missing_exports(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"m", "export const a = 1", NULL}, {"asks", "import {nope} from 'm'; export const b = nope", NULL});
  static const char *const sources[] = {"import {nope} from 'm'; 1",
                                        "import nope from 'm'; 1",
                                        "import {a, nope} from 'm'; a",
                                        "import * as ns from 'm';\nimport {nope} from 'm'",
                                        "import 'asks'",
                                        "await import('asks')"};
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = ut_ends(cell, sources[i], CLOCHE_UNCAUGHT_ERROR);
    assert_string_equal(r.error_name, "SyntaxError");
    assert_non_null(strstr(r.error_message, "'m'"));
    assert_non_null(strstr(r.error_message, i == 1 ? "'default'" : "'nope'"));
  }
  ut_value(cell, "(await import('m')).nope", NULL); /* a namespace is an object */
  cloche_cell_close(cell);
}

/* The place of a missing export is the import that asks for it, or the head of the script, where imports that stand behind
 * other statements are moved. */
static void missing_exports_point_at_the_import(void) {
  static const struct {
    const char *source;
    uint32_t line, from, to;
  } cases[] = {
      {"import {nope} from 'm'; 1", 1, 1, 24},
      {"let a = 1;\nimport {nope} from 'm';\na", 1, 1, 1},
      {"let a = 1; import nope from 'm'; a", 1, 1, 33},
  };
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"m", "export const a = 1", NULL});
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_result r = ut_ends(cell, cases[i].source, CLOCHE_UNCAUGHT_ERROR);
    if (r.line != cases[i].line || r.column < cases[i].from || r.column > cases[i].to)
      fail_msg("%s: %u:%u", cases[i].source, r.line, r.column);
  }
  cloche_cell_close(cell);
}

/* ---- modules among themselves */

static void cycles(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"a", "import {b} from 'b'; export const name = 'a'; export const a = () => b() + '!'", NULL},
       {"b", "import {name} from 'a'; export const b = () => 'b sees ' + name", NULL},
       {"self", "import * as self from 'self'; export const v = 1; export const twice = () => self.v * 2", NULL},
       {"early", "import {x} from 'early2'; export const y = x; export let z = 5", NULL},
       {"early2", "import {z} from 'early'; export const x = z", NULL},
       {"r1", "export * from 'r2'; export const one = 1", NULL},
       {"r2", "export * from 'r1'; export const two = 2", NULL}, {"k1", "export {v} from 'k2'", NULL},
       {"k2", "export {v} from 'k1'", NULL});
  ut_value(cell, "import {a} from 'a'; a()", "\"b sees a!\"");
  ut_value(cell, "import {b} from 'b'; b()", "\"b sees a\"");
  ut_value(cell, "import {twice} from 'self'; twice()", "2");
  ut_value(cell, "import * as r from 'r1'; Object.keys(r)", "[\"one\",\"two\"]");
  cloche_result r = ut_ends(cell, "import 'early'", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "ReferenceError");
  r = ut_ends(cell, "import 'k1'", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "SyntaxError");
  cloche_cell_close(cell);
}

static void long_chains(void) {
  enum { CHAIN = 200 };
  cloche_cell *cell = ut_one_shot();
  for (int i = 0; i < CHAIN; i++) {
    char name[20], source[100];
    snprintf(name, sizeof name, "c%d", i);
    if (i == CHAIN - 1) snprintf(source, sizeof source, "export const v = 1");
    else snprintf(source, sizeof source, "import {v as w} from 'c%d'; export const v = w + 1", i + 1);
    give(cell, &(module){name, source, NULL});
  }
  ut_value(cell, "import {v} from 'c0'; v", "200");
  ut_value(cell, "import {v} from 'c190'; v", "10");
  cloche_cell_close(cell);
}

static void top_level_await(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell,
       {"slow", "export const v = await new Promise(r => setTimeout(r, 2, 7)); globalThis.order = ['slow']", NULL},
       {"above", "import {v} from 'slow'; order.push('above'); export const w = v + 1", NULL},
       {"rejects", "await null; await Promise.reject(new RangeError('late'))", NULL},
       {"hangs", "await new Promise(() => {})", NULL}, {"tool", "export const t = await tools.ask({n: 1})", NULL});
  ut_value(cell, "import {v} from 'slow'; v", "7");
  ut_value(cell, "import {w} from 'above'; [w, order]", "[8,[\"slow\",\"above\"]]");
  cloche_result r = ut_ends(cell, "import 'rejects'", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "RangeError");
  ut_ends(cell, "import 'hangs'", CLOCHE_DEADLOCK);
  ut_tool(cell, "ask", false);
  assert_int_equal(ut_start(cell, "import {t} from 'tool'; t"), CLOCHE_WAITING);
  cloche_call call = ut_take(cell);
  assert_string_equal(call.tool, "ask");
  ut_resolve(cell, call.id, "[5]");
  ut_finish_value(cell, "[5]");
  cloche_cell_close(cell);
}

static void modules_are_strict_and_have_their_own_scope(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell,
       {"m", "var own = 1; let other = 2; export const self = typeof this; export function loose() { undeclared = 1 }",
        NULL},
       {"sees", "export const seen = typeof fromScript + typeof own", NULL},
       {"meta", "export const m = typeof import.meta", NULL});
  ut_value(cell, "import {self} from 'm'; [self, typeof own, typeof other]",
           "[\"undefined\",\"undefined\",\"undefined\"]");
  ut_value(cell, "import {loose} from 'm'; try { loose() } catch (e) { return e.name }", "\"ReferenceError\"");
  ut_value(cell, "globalThis.fromScript = 1; const m = await import('sees'); m.seen", "\"numberundefined\"");
  ut_value(cell, "import {m} from 'meta'; m", "\"object\"");
  cloche_cell_close(cell);
}

/* ---- how modules fail */

static void check_place(const cloche_result *r, cloche_cell *cell, const char *source, uint32_t line,
                        const char *shown) {
  if (!r->error_source || strcmp(r->error_source, source) != 0 || r->line != line)
    fail_msg("%s:%u, not %s:%u: %s", r->error_source ? r->error_source : "nowhere", r->line, source, line,
             r->error_message);
  assert_true(r->column > 0);
  assert_non_null(r->error_frame);
  char want[200];
  snprintf(want, sizeof want, "> %4u | %s\n", line, shown);
  if (!strstr(r->error_frame, want)) fail_msg("not '%s' in\n%s", want, r->error_frame);
  assert_string_equal(ut_report_text(cell, "error.source"), source);
  assert_string_equal(ut_report_text(cell, "error.frame"), r->error_frame);
}

static void errors_in_modules_are_theirs(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(
      cell, {"bad", "let fine = 1;\nlet = = 2", NULL}, {"throws", "let ok = 1;\n\n  throw new Error('boom')", NULL},
      {"throwsts.ts", "interface A { a: number }\nexport const x: number = 1; throw new Error('boom' as string)", "ts"},
      {"later.ts", "interface A { a: number }\nexport function later(a: A): never {\n  throw new TypeError('later') }",
       "ts"},
      {"calls", "import {later} from './later';\nexport const call = f => f();\nexport const go = () => later({a: 1})",
       NULL},
      {"deep", "import './throws'", NULL});
  cloche_result r = ut_ends(cell, "import 'bad'", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "SyntaxError");
  check_place(&r, cell, "bad", 2, "let = = 2");
  r = ut_ends(cell, "1; import 'throws'", CLOCHE_UNCAUGHT_ERROR);
  check_place(&r, cell, "throws", 3, "  throw new Error('boom')");
  r = ut_ends(cell, "\n\n\nimport 'deep'", CLOCHE_UNCAUGHT_ERROR);
  check_place(&r, cell, "throws", 3, "  throw new Error('boom')");
  r = ut_ends(cell, "import {go} from 'calls';\n\ngo()", CLOCHE_UNCAUGHT_ERROR);
  check_place(&r, cell, "later.ts", 3, "  throw new TypeError('later') }");
  assert_non_null(strstr(r.error_stack, "(later.ts:3:"));
  assert_non_null(strstr(r.error_stack, "(calls:3:"));
  assert_non_null(strstr(r.error_stack, "(main.js:3:1)"));
  r = ut_ends(cell, "import {call} from 'calls';\n\ncall(() => nope)", CLOCHE_UNCAUGHT_ERROR);
  check_place(&r, cell, "main.js", 3, "call(() => nope)");
  assert_non_null(strstr(r.error_stack, "(calls:2:"));
  r = ut_ends(cell, "import 'throwsts'", CLOCHE_UNCAUGHT_ERROR);
  check_place(&r, cell, "throwsts.ts", 2, "export const x: number = 1; throw new Error('boom' as string)");
  cloche_cell_close(cell);
}

/* "What is wrong in the module is found by the run that imports it." */
static void bad_typescript_harms_only_who_imports_it(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"bad.ts", "let fine: number = 1;\nlet x: = 2", "ts"}, {"good.ts", "export const v: number = 4", "ts"});
  ut_value(cell, "1 + 1", "2");
  ut_value(cell, "import {v} from './good'; v", "4");
  cloche_result r = ut_eval(cell, "import './bad'");
  assert_int_not_equal(r.status, CLOCHE_OK);
  assert_string_equal(r.error_name, "SyntaxError");
  check_place(&r, cell, "bad.ts", 2, "let x: = 2");
  cloche_cell_close(cell);
}

/* Only a module of the name that an author wrote can be meant by a frame: the run's own source has another. */
static void the_run_may_be_called_as_a_module(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"dir/with (odd) name.js", "export const f = () => { throw new Error('odd') }", NULL});
  cloche_result r = ut_ends(cell, "import {f} from 'dir/with (odd) name.js'; f()", CLOCHE_UNCAUGHT_ERROR);
  check_place(&r, cell, "dir/with (odd) name.js", 1, "export const f = () => { throw new Error('odd') }");
  cloche_cell_close(cell);
}

static void json_is_no_module(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"data.json", "{\"a\": 1, \"b\": [2]}", NULL}, {"list.json", "[1, 2]", NULL}, {"empty", "", NULL},
       {"binary", "\xFF\xFE\x01", NULL});
  cloche_result r = ut_ends(cell, "import d from './data.json'; d", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "SyntaxError");
  check_place(&r, cell, "data.json", 1, "{\"a\": 1, \"b\": [2]}");
  r = ut_ends(cell, "import d from './list.json'; d", CLOCHE_UNCAUGHT_ERROR);
  assert_non_null(strstr(r.error_message, "'default'"));
  ut_value(cell, "import * as e from 'empty'; Object.keys(e)", "[]");
  r = ut_ends(cell, "import 'binary'", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_name, "SyntaxError");
  json_decref(ut_report(cell));
  cloche_cell_close(cell);
}

static void odd_specifiers(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"m", "export const v = 1", NULL}, {"5", "export const v = 5", NULL},
       {"undefined", "export const v = 'u'", NULL});
  ut_value(cell, "(await import(5)).v", "5");
  ut_value(cell, "(await import(undefined)).v", "\"u\"");
  ut_value(cell, "(await import({toString: () => 'm'})).v", "1");
  ut_value(cell, "try { await import({toString() { throw new RangeError('r') }}) } catch (e) { e.name }",
           "\"RangeError\"");
  ut_value(cell, "try { await import(Symbol('m')) } catch (e) { e.name }", "\"TypeError\"");
  value_or_error(cell, "await import('\\ud800')", "[\"Error\",\"unknown_module\"]");
  ut_value(cell, "const p = import('nowhere'); p.catch(() => 0); typeof p.then", "\"function\"");
  ut_value(cell, "eval(\"import('m')\").then(m => m.v)", "1");
  ut_value(cell, "new Function(\"return import('m')\")().then(m => m.v)", "1");
  cloche_cell_close(cell);
}

/* ---- how long modules live */

static void state_is_shared_within_a_run_alone(void) {
  cloche_cell *cell = ut_one_shot();
  GIVE(cell, {"count", "globalThis.loads = (globalThis.loads ?? 0) + 1; let n = 0; export const inc = () => ++n", NULL},
       {"user", "import {inc} from './count'; export const use = () => inc()", NULL});
  for (int i = 0; i < 3; i++)
    ut_value(
        cell,
        "import {inc} from 'count'; import {use} from 'user'; inc(); use(); const m = await import('./count'); [m.inc(), m.inc === inc, loads]",
        "[3,true,1]");
  cloche_cell_close(cell);
}

static void sessions_keep_their_modules(void) {
  cloche_cell *cell = ut_session();
  GIVE(cell,
       {"count", "globalThis.loads = (globalThis.loads ?? 0) + 1; let n = 0; export const inc = () => ++n", NULL});
  ut_value(cell, "import {inc} from 'count'; inc()", "1");
  ut_value(cell, "inc()", "2");
  ut_value(cell, "import * as again from 'count'; [again.inc(), loads]", "[3,1]");
  GIVE(cell, {"second.ts", "import {inc} from './count'; export const v: number = inc()", "ts"}); /* given later */
  ut_value(cell, "import {v} from './second'; v", "4");
  cloche_cell *copy = ut_fork(cell);
  ut_value(copy, "inc()", "5");
  ut_value(copy, "(await import('count')).inc()", "6");
  ut_value(copy, "(await import('second')).v", "4");
  ut_value(cell, "inc()", "5");
  GIVE(copy, {"third", "export const t = 3", NULL});
  ut_value(copy, "(await import('third')).t", "3");
  value_or_error(cell, "await import('third')", "[\"Error\",\"unknown_module\"]");
  cloche_error err = CLOCHE_ERROR_INIT;
  assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
  ut_value(cell, "const c = await import('count'); [typeof inc, c.inc(), loads]", "[\"undefined\",1,1]");
  cloche_cell_close(copy);
  cloche_cell_close(cell);
}

/* A module that has thrown throws for everybody, and in a session the next run can still work. */
static void a_module_that_throws(void) {
  cloche_cell *cell = ut_session();
  GIVE(cell, {"throws", "globalThis.tries = (globalThis.tries ?? 0) + 1; throw new Error('once')", NULL},
       {"good", "export const v = 1", NULL});
  ut_value(
      cell,
      "let e1, e2; try { await import('throws') } catch (e) { e1 = e } try { await import('throws') } catch (e) { e2 = e } [e1 === e2, e1.message, tries]",
      "[true,\"once\",1]");
  ut_ends(cell, "import 'throws'", CLOCHE_UNCAUGHT_ERROR);
  ut_value(cell, "import {v} from 'good'; [v, tries]", "[1,1]");
  cloche_cell_close(cell);
}

static void a_killed_run_forgets_what_it_imported(void) {
  cloche_cell *cell = ut_session();
  GIVE(cell, {"count", "globalThis.loads = (globalThis.loads ?? 0) + 1; let n = 0; export const inc = () => ++n", NULL},
       {"typed.ts", "export const v: number = 8", "ts"});
  ut_tool(cell, "hold", false);
  assert_int_equal(ut_start(cell, "import {inc} from 'count'; inc(); import {v} from './typed'; await tools.hold()"),
                   CLOCHE_WAITING);
  cloche_cell_interrupt(cell);
  assert_int_equal(ut_finish(cell).status, CLOCHE_CANCELLED);
  ut_value(cell, "typeof inc + typeof loads", "\"undefinedundefined\"");
  ut_value(cell, "import {inc} from 'count'; import {v} from './typed'; [inc(), loads, v]", "[1,1,8]");
  cloche_cell_close(cell);
}

static void modules_are_under_the_limits_of_the_run(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = 60 * UT_MS;
  cloche_cell *cell = ut_limited(&limits, false);
  GIVE(cell, {"spins", "for (;;);", NULL}, {"grows", "const a = []; for (;;) a.push(new Array(1000).fill(1))", NULL},
       {"recurses", "const f = () => f() + 1; f()", NULL});
  ut_ends(cell, "import 'spins'", CLOCHE_WALL_TIME_LIMIT);
  ut_ends(cell, "await import('spins').catch(() => 1)", CLOCHE_WALL_TIME_LIMIT);
  ut_ends(cell, "import 'recurses'", CLOCHE_STACK_LIMIT);
  cloche_cell_close(cell);
  limits = ut_limits();
  limits.memory_bytes = 8 << 20;
  cell = ut_limited(&limits, false);
  GIVE(cell, {"grows", "const a = []; for (;;) a.push(new Array(1000).fill(1))", NULL});
  ut_ends(cell, "import 'grows'", CLOCHE_MEMORY_LIMIT);
  ut_value(cell, "1", "1");
  cloche_cell_close(cell);
}

/* Modules that are given after a run must not take away what its result points to. */
static void results_outlive_new_modules(void) {
  cloche_cell *cell = ut_session();
  GIVE(cell, {"a.js", "throw new Error('x')", NULL});
  cloche_result r = ut_ends(cell, "await import('a.js')", CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_source, "a.js");
  char names[64][16];
  for (int i = 0; i < 64; i++) {
    cloche_error err = CLOCHE_ERROR_INIT;
    cloche_module more = CLOCHE_MODULE_INIT;
    snprintf(names[i], sizeof names[i], "m%d.js", i);
    more.name = names[i];
    more.source = "1";
    more.source_len = 1;
    assert_int_equal(cloche_cell_module(cell, &more, &err), CLOCHE_OK);
  }
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
  assert_string_equal(r.error_source, "a.js");
  assert_string_equal(ut_report_text(cell, "error.source"), "a.js");
  cloche_cell_close(cell);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(names),
      UT(other_names_are_unknown),
      UT(unknown_modules_name_those_there_are),
      UT(bad_modules_are_refused),
      UT(modules_are_held_to_the_source_limit),
      UT(modules_are_not_given_during_a_run),
      UT(kinds_of_imports),
      UT(imports_come_first),
      UT(imports_of_typescript),
      UT(missing_exports),
      UT(missing_exports_point_at_the_import),
      UT(cycles),
      UT(long_chains),
      UT(top_level_await),
      UT(modules_are_strict_and_have_their_own_scope),
      UT(errors_in_modules_are_theirs),
      UT(bad_typescript_harms_only_who_imports_it),
      UT(the_run_may_be_called_as_a_module),
      UT(json_is_no_module),
      UT(odd_specifiers),
      UT(state_is_shared_within_a_run_alone),
      UT(sessions_keep_their_modules),
      UT(a_module_that_throws),
      UT(a_killed_run_forgets_what_it_imported),
      UT(modules_are_under_the_limits_of_the_run),
      UT(results_outlive_new_modules),
      UT(relative_names_come_from_their_folder),
      UT(modules_follow_the_factory_of_the_run),
      UT(frames_of_earlier_runs),
  };
  return UT_RUN("modules", tests);
}
