/* Sources in all languages: what TypeScript and JSX mean, what a rewritten script gives and leaves behind, where errors
 * are, and that compiling is held to the limits of the run, set aside in slices, and remembered. */
#include "unit.h"

#include <dirent.h>
#include <pthread.h>
#include <time.h>

#include "buf.h"

static cloche_result run_with(cloche_cell *cell, const cloche_run_options *options, const char *source) {
  cloche_result r = {0};
  cloche_error err = CLOCHE_ERROR_INIT;
  if (cloche_cell_eval(cell, source, strlen(source), options, &r, &err) != CLOCHE_OK)
    fail_msg("%.200s: %s", source, err.message);
  return r;
}

static cloche_result run_as(cloche_cell *cell, const char *language, const char *source) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = language;
  return run_with(cell, &options, source);
}

static void expect(const cloche_result *r, const char *source, const char *want) {
  const char *got = r->value ? r->value : "undefined";
  if (r->status == CLOCHE_OK && strcmp(got, want ? want : "undefined") == 0) return;
  fail_msg("%.300s\n wanted %.500s\n    got %s %.500s %s: %s", source, want ? want : "undefined",
           cloche_status_describe(r->status).name, got, r->error_name ? r->error_name : "",
           r->error_message ? r->error_message : "");
}

static void repeat(cl_buf *out, const char *text, int times) {
  for (int i = 0; i < times; i++) cl_buf_text(out, text);
}

typedef struct {
  const char *source, *want;
} program;

static void give_values(const char *language, const program *programs, size_t count) {
  for (size_t i = 0; i < count; i++) {
    cloche_cell *cell = ut_one_shot();
    cloche_result r = run_as(cell, language, programs[i].source);
    expect(&r, programs[i].source, programs[i].want);
    cloche_cell_close(cell);
  }
}

/* What stands above the caret of a frame, up to the end of its line; "" when there is no caret. */
static const char *pointed_at(const char *frame) {
  enum { PREFIX = 9 };
  const char *shown = frame;
  while (shown && *shown != '>') shown = (shown = strchr(shown, '\n')) ? shown + 1 : NULL;
  const char *under = shown ? strchr(shown, '\n') : NULL;
  if (!under || strncmp(under + 1, "       | ", PREFIX) != 0) return "";
  const char *at = shown + PREFIX;
  for (const char *c = under + 1 + PREFIX; *c != '^'; c++) {
    if (*c != ' ' && *c != '\t') return "";
    if ((*c == '\t') != (*at == '\t')) return ""; /* tabs stand above tabs, so that the caret is where it seems to be */
    at++;
    while (((unsigned char)*at & 0xC0) == 0x80) at++;
  }
  return at;
}

static bool starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

/* ---- languages */

static void typescript_values(void) {
  static const program programs[] = {
      {"enum E { A, B = 5, C }\n[E.A, E.B, E.C, E[5]]", "[0,5,6,\"B\"]"},
      {"enum S { X = 'x', Y = 'y' }\nObject.entries(S)", "[[\"X\",\"x\"],[\"Y\",\"y\"]]"},
      {"const enum E { A = 1, B }\nE.B", "2"},
      {"enum F { None, Read = 1 << 0, Write = 1 << 1, All = Read | Write }\nF.All", "3"},
      {"class P { constructor(private a: number, public readonly b = 2, c?: number) {} }\nnew P(1)",
       "{\"a\":1,\"b\":2}"},
      {"class A { constructor(protected x: number) {} }\nclass B extends A { constructor(readonly y: string) { super(4) } }\nnew B('s')",
       "{\"x\":4,\"y\":\"s\"}"},
      {"const x = {a: 1} satisfies Record<string, number>; x.a as number", "1"},
      {"const t = [1, 'a'] as const; t", "[1,\"a\"]"},
      {"const f = <T,>(x: T): T => x; f<number>(3)", "3"},
      {"const f = <T>(x: T): T => x; f(3)", "3"},
      {"const f = async <T extends object>(x: T): Promise<T> => x; await f({a: 1})", "{\"a\":1}"},
      {"function id<T>(x: T): T { return x }\nid<Map<string, Array<number>>>(null as any)", "null"},
      {"abstract class A { abstract f(): number; g() { return this.f() } }\nclass B extends A { f() { return 4 } }\nnew B().g()",
       "4"},
      {"function f(a: string): string;\nfunction f(a: number): number;\nfunction f(a: any) { return a }\nf(3)", "3"},
      {"class C { m(a: string): void; m(a: number): void; m(a: any) { return typeof a } }\nnew C().m(1)", "\"number\""},
      {"import type {A} from 'nowhere'; 5", "5"},
      {"import {type B} from 'nowhere'; 5", "5"},
      {"import {C} from 'nowhere'; const c: C = 6; c", "6"},
      {"import type D from 'nowhere'; import type * as N from 'nowhere'; let d: D | N.X = 7; d", "7"},
      {"export type T = string; export interface I { a: number } 8", "8"},
      {"type A = {b: string}; interface I<T> extends Array<T> { x?: number }\n7", "7"},
      {"declare const zz: number; declare function ff(): void; declare module 'm' { }\ntypeof zz + typeof ff",
       "\"undefinedundefined\""},
      {"let a!: number; a = 3; a!", "3"},
      {"let o: {a?: {b: number}} = {a: {b: 2}}; o.a!.b + (o?.a?.b ?? 0)", "4"},
      {"let x = <number>5; x", "5"},
      {"function f(this: number, a?: string, ...r: number[]) { return this + r.length }\nf.call(3, 'x', 1, 2)", "5"},
      {"class A { x?: number; declare z: number; y: number = 1; static s = 2 }\n[Object.keys(new A()), A.s]",
       "[[\"x\",\"y\"],2]"},
      {"class A { #p: number = 3; get p(): number { return this.#p } static { globalThis.st = 9 } }\n[new A().p, st]",
       "[3,9]"},
      {"class A<T> implements Iterable<T> { *[Symbol.iterator](): Iterator<T> { yield 1 as T } }\n[...new A<number>()]",
       "[1]"},
      {"function isS(x: unknown): x is string { return typeof x === 'string' }\nisS('a')", "true"},
      {"function assert(x: unknown): asserts x { if (!x) throw 1 }\nassert(true); 1", "1"},
      {"type K = keyof typeof o; const o = {k: 1}; type M = {[P in K]?: (typeof o)[P]}; o", "{\"k\":1}"},
      {"let u: unique symbol | `a${string}` | readonly number[] | [a: number, b?: string] = [1]; u", "[1]"},
      {"type C<T> = T extends (infer U)[] ? U : never; let n: C<number[]> = 1; n", "1"},
      {"try { throw 1 } catch (e: unknown) { e as number }", "1"},
      {"const a = 1, b = 2; a < b && b > (a)", "true"},
      {"label: for (const x of [1] as number[]) { break label }\n2", "2"},
      {"return 5 as number", "5"},
      {"const r: number[] = await Promise.all([1, 2].map(async (n: number): Promise<number> => n * 2)); return r",
       "[2,4]"},
      {"for (const x of [1, 2] as const) { if (x === 2) return x satisfies number }", "2"},
      {"enum E { A = 'a' }\nexport const e: E = E.A; e", "\"a\""},
      {"let type = 1, namespace = 2, declare = 3, abstract = 4, as = 5, of = 6; type + namespace + declare + abstract + as + of",
       "21"},
      {"/* only: a comment */", NULL},
      {"", NULL},
      {"type Only = string", NULL},
      {"#!/usr/bin/env ts\nconst n: number = 4; n", "4"},
      {"\xEF\xBB\xBFlet n: number = 4; n", "4"},
      {"let n: number = 4\r\nlet m: string = 'a'\r\nn + m", "\"4a\""},
      {"let s: string = `a${(1 as number)}b`; s", "\"a1b\""},
      {"const re: RegExp = /<T>(x: T)/; re.source", "\"<T>(x: T)\""},
      {"'<T,>(x: T) => x as number'", "\"<T,>(x: T) => x as number\""},
  };
  give_values("ts", programs, UT_COUNT(programs));
}

static void jsx_values(void) {
  static const program programs[] = {
      {"<b/>", "{\"type\":\"b\",\"props\":{},\"children\":[]}"},
      {"<b id=\"x\" data-n={1} flag>t</b>",
       "{\"type\":\"b\",\"props\":{\"id\":\"x\",\"data-n\":1,\"flag\":true},\"children\":[\"t\"]}"},
      {"<><i/>t</>",
       "{\"type\":\"fragment\",\"props\":{},\"children\":[{\"type\":\"i\",\"props\":{},\"children\":[]},\"t\"]}"},
      {"const p = {a: 1, b: 2}; <d {...p} b={3}/>", "{\"type\":\"d\",\"props\":{\"a\":1,\"b\":3},\"children\":[]}"},
      {"(<ul>{[1, 2].map(i => <li key={i}>{i}</li>)}</ul>).children.map(c => c.props.key + c.children[0])", "[2,4]"},
      {"(<p>{null}{true}{false}{undefined}{0}{''}{[1, [2]]}</p>).children", "[0,\"\",1,2]"},
      {"const C = ({name, children}) => <b id={name}>{children}</b>;\n<C name=\"x\">a</C>",
       "{\"type\":\"b\",\"props\":{\"id\":\"x\"},\"children\":[\"a\"]}"},
      {"const C = p => p; <C a={1}/>", "{\"a\":1}"},
      {"const C = p => p.children; <C>{1}{2}</C>", "[1,2]"},
      {"const ui = {Box: p => p.w}; <ui.Box w={7}/>", "7"},
      {"(<p>  a\n   b  </p>).children", "[\"  a b  \"]"},
      {"(<p>\n  <i/>\n</p>).children.length", "1"},
      {"(<p t=\"&amp;&lt;&#65;\">&copy;{\"&amp;\"}</p>)",
       "{\"type\":\"p\",\"props\":{\"t\":\"&<A\"},\"children\":[\"\xC2\xA9\",\"&amp;\"]}"},
      {"(<p s='a' e=<i/>/>).props.e.type", "\"i\""},
      {"(<p>{/* nothing */}</p>).children", "[]"},
      {"(<a-b c-d='u'/>).type", "\"a-b\""},
      {"const x = 1; x < 2 ? <b/> : null; return (<i>{x}</i>).children[0]", "1"},
  };
  give_values("jsx", programs, UT_COUNT(programs));
  give_values("tsx", programs, UT_COUNT(programs));
  static const program typed[] = {
      {"const C = <T,>({v}: {v: T}): unknown => <b>{v as T}</b>;\n<C<number> v={1}/>",
       "{\"type\":\"b\",\"props\":{},\"children\":[1]}"},
      {"enum E { A = 3 }\n(<p n={E.A as number}/>).props.n", "3"},
      {"import type {FC} from 'react'; const C: FC<{a: string}> = (p) => p.a; <C a=\"s\"/>", "\"s\""},
  };
  give_values("tsx", typed, UT_COUNT(typed));
}

/* In plain JavaScript and TypeScript <b/> is no element. */
static void jsx_only_where_it_is(void) {
  cloche_cell *cell = ut_one_shot();
  assert_int_equal(run_as(cell, NULL, "<b/>").status, CLOCHE_SYNTAX_ERROR);
  assert_int_equal(run_as(cell, "ts", "const x = <b/>;").status, CLOCHE_SYNTAX_ERROR);
  assert_int_equal(run_as(cell, "jsx", "let x: number = 1").status, CLOCHE_SYNTAX_ERROR);
  assert_int_equal(run_as(cell, "js", "let x: number = 1").status, CLOCHE_SYNTAX_ERROR);
  cloche_cell_close(cell);
}

static void jsx_tags_must_match(void) {
  static const char *const sources[] = {"<b></c>", "<b><i></b></i>", "<a.b></a.c>", "<></b>", "<b></>"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(sources); i++)
    if (run_as(cell, "jsx", sources[i]).status != CLOCHE_SYNTAX_ERROR) fail_msg("taken: %s", sources[i]);
  cloche_cell_close(cell);
}

static void jsx_named_factory(void) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = "jsx";
  options.jsx_factory = "h";
  cloche_cell *cell = ut_one_shot();
  const char *source = "const h = (...a) => a; <p q={1}>x{2}</p>";
  cloche_result r = run_with(cell, &options, source);
  expect(&r, source, "[\"p\",{\"q\":1},\"x\",2]");
  options.jsx_fragment = "Frag";
  source = "const h = (...a) => a, Frag = 9; <>t</>";
  r = run_with(cell, &options, source);
  expect(&r, source, "[9,null,\"t\"]");
  options.jsx_factory = "React.createElement";
  options.jsx_fragment = "React.Fragment";
  source = "const React = {createElement: (...a) => a.length, Fragment: 1}; <>a</>";
  r = run_with(cell, &options, source);
  expect(&r, source, "3");
  options.language = "tsx";
  r = run_with(cell, &options, source);
  expect(&r, source, "3");
  cloche_cell_close(cell);
}

static void jsx_bad_names_are_refused(void) {
  static const char *const names[] = {"",    "a b", "1a",  "a.",   ".a",   "a..b", "a()", "\"x\"", "a;b", "a/**/",
                                      "a-b", "a\n", "[x]", "x=>x", "${x}", "a.1b", "`",   "a\"",   "(a)"};
  char longer[300];
  memset(longer, 'a', sizeof longer - 1);
  longer[sizeof longer - 1] = 0;
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i <= UT_COUNT(names); i++) {
    for (int fragment = 0; fragment < 2; fragment++) {
      cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
      cloche_error err = CLOCHE_ERROR_INIT;
      const char *name = i < UT_COUNT(names) ? names[i] : longer;
      options.language = "jsx";
      *(fragment ? &options.jsx_fragment : &options.jsx_factory) = name;
      if (cloche_cell_start(cell, "1", 1, &options, &err) != CLOCHE_INVALID_ARGUMENT) fail_msg("taken: %s", name);
      assert_non_null(strstr(err.message, fragment ? "fragment" : "factory"));
    }
  }
  ut_value(cell, "1 + 1", "2"); /* nothing has begun */
  cloche_cell_close(cell);
}

static void unknown_languages_are_refused(void) {
  static const char *const names[] = {"", "TS", "typescript", "js ", "mjs", "Py", "tsxx"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(names); i++) {
    cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
    cloche_error err = CLOCHE_ERROR_INIT;
    options.language = names[i];
    assert_int_equal(cloche_cell_start(cell, "1", 1, &options, &err), CLOCHE_INVALID_ARGUMENT);
    assert_non_null(strstr(err.message, "tsx"));
  }
  cloche_result r = run_as(cell, "js", "2");
  expect(&r, "2", "2");
  cloche_cell_close(cell);
}

static void languages_of_another_engine_are_refused(void) {
  static const char *const names[] = {"py", "sql"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(names); i++) {
    cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
    cloche_error err = CLOCHE_ERROR_INIT;
    options.language = names[i];
    assert_int_equal(cloche_cell_start(cell, "1", 1, &options, &err), CLOCHE_INVALID_ARGUMENT);
    assert_non_null(strstr(err.message, "python"));
    assert_string_equal(cloche_language_engine(names[i]), "python");
  }
  assert_string_equal(cloche_language_engine("tsx"), "js");
  assert_null(cloche_language_engine("cobol"));
  assert_null(cloche_language_engine(NULL));
  cloche_cell_close(cell);
}

/* ---- errors */

typedef struct {
  const char *language, *source;
  uint32_t line;
  const char *at;   /* what the caret points at */
  const char *says; /* a part of the message; NULL: any */
} mistake;

static void check_mistake(const mistake *m, cloche_status status) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = run_as(cell, m->language, m->source);
  const char *what = m->source;
  if (r.status != status) fail_msg("%s: %s", what, cloche_status_describe(r.status).name);
  if (status == CLOCHE_SYNTAX_ERROR) assert_string_equal(r.error_name, "SyntaxError");
  if (m->says && !strstr(r.error_message, m->says)) fail_msg("%s: %s", what, r.error_message);
  if (r.line != m->line || r.column == 0) fail_msg("%s: %u:%u, not line %u", what, r.line, r.column, m->line);
  if (!r.error_frame) fail_msg("%s: no frame", what);
  if (!starts(pointed_at(r.error_frame), m->at))
    fail_msg("%s: %u:%u points at '%s', not at '%s'\n%s", what, r.line, r.column, pointed_at(r.error_frame), m->at,
             r.error_frame);
  char name[16];
  snprintf(name, sizeof name, "main.%s", m->language ? m->language : "js");
  assert_string_equal(r.error_source, name);
  assert_string_equal(ut_report_text(cell, "error.source"), name);
  assert_string_equal(ut_report_text(cell, "error.frame"), r.error_frame);
  assert_string_equal(ut_report_text(cell, "error.phase"), status == CLOCHE_SYNTAX_ERROR ? "parsing" : "executing");
  cloche_cell_close(cell);
}

static void unsupported_typescript(void) {
  static const mistake mistakes[] = {
      {"ts", "@dec class A {}", 1, "@dec", "ecorators"},
      {"ts", "class A {\n  @log m() {}\n}", 2, "@log", "ecorators"},
      {"ts", "class A { m(@p x: number) {} }", 1, "@p", NULL},
      {"ts", "let a = 1;\nnamespace N { export const x = 1 }", 2, "namespace", "amespaces"},
      {"ts", "export namespace N { export const x = 1 }", 1, "namespace", "amespaces"},
      {"ts", "module M { export const x = 1 }", 1, "module", "amespaces"},
      {"ts", "namespace A.B { export const x = 1 }", 1, "namespace", "amespaces"},
      {"ts", "let q = 1;\n  import x = require('y')", 2, "import", "import x ="},
      {"ts", "let q = 1;\nexport = q", 2, "export", "export ="},
      {"tsx", "namespace N { export const x = 1 }", 1, "namespace", "amespaces"},
      {"tsx", "const a = <b/>;\n@dec class A {}", 2, "@dec", "ecorators"},
  };
  for (size_t i = 0; i < UT_COUNT(mistakes); i++) check_mistake(&mistakes[i], CLOCHE_SYNTAX_ERROR);
}

static void syntax_errors_in_every_language(void) {
  static const mistake mistakes[] = {
      {NULL, "let a = 1;\nlet b = ;", 2, ";", NULL},
      {"js", "foo(\n  1 2)", 2, "2", NULL},
      {"ts", "let x: number = ;", 1, ";", NULL},
      {"ts", "let a: string = 'a';\nlet b: = 3;", 2, "= 3", NULL},
      {"ts", "const a: number = 1;\n\nfunction f(a: string { }", 3, "{", NULL},
      {"ts", "type A = {b: string};\nlet c = 1 2", 2, "2", NULL},
      {"ts", "interface I { a: number }\nlet \xC3\xA9: string = 'x', \xF0\x9F\x98\x80 = 1", 2, "\xF0\x9F\x98\x80",
       NULL},
      {"jsx", "const a = <b>\n  <c></b>", 2, NULL, NULL},
      {"jsx", "let y = 1;\nconst x = {a: };\n<b/>", 2, "}", NULL},
      {"tsx", "let x: number = 1;\nlet y = <b a={1}/>;\nlet z: = 1", 3, "= 1", NULL},
      {"ts", "let s: string = 'abc\n'", 1, "'abc", NULL},
      {NULL, "const x = 1;\nreturn x +;", 2, ";", NULL},
      {NULL, "import {a} from 'b';\nlet c = = 1", 2, "= 1", NULL},
      {NULL, "export const e = ;", 1, ";", NULL},
      {"ts", "const x: number = 1;\nreturn x: 3", 2, ":", NULL},
  };
  for (size_t i = 0; i < UT_COUNT(mistakes); i++) {
    mistake m = mistakes[i];
    if (!m.at) m.at = "";
    check_mistake(&m, CLOCHE_SYNTAX_ERROR);
  }
}

/* Columns are the author's, in characters, whatever was taken out of the line before them. */
static void runtime_errors_in_every_language(void) {
  static const mistake mistakes[] = {
      {NULL, "let a = 1;\n   nope", 2, "nope", "nope"},
      {NULL, "'\xC3\xA9\xF0\x9F\x98\x80'; nope", 1, "nope", NULL},
      {NULL, "\tlet t = 1;\tnope", 1, "nope", NULL},
      {NULL, "let a = 1;\r\n  nope\r\nlet b", 2, "nope", NULL},
      {NULL, "\xEF\xBB\xBFnope", 1, "nope", NULL},
      {NULL, "#!/usr/bin/env node\nnope", 2, "nope", NULL},
      {NULL, "if (0) return 1; nope", 1, "nope", NULL},
      {NULL, "'\xC3\xA9\xF0\x9F\x98\x80'; if (0) return 1; nope", 1, "nope", NULL},
      {NULL, "\tif (0) return 1;\tnope", 1, "nope", NULL},
      {NULL, "if (0) return 1;\r\n  nope\r\n", 2, "nope", NULL},
      {NULL, "#!/usr/bin/env node\nif (0) return 1\nnope", 3, "nope", NULL},
      {NULL, "const x = 1\nconst y = 2\nreturn nope", 3, "nope", NULL},
      {NULL, "for (;;) {\n  if (1) {\n    return nope }\n}", 3, "nope", NULL},
      {NULL, "export const a = nope", 1, "nope", NULL},
      {"ts", "const a = {b: null} as any; const x: Record<string, Array<number>> = {}; nope", 1, "nope", NULL},
      {"ts", "let s: string = '\xC3\xA9\xF0\x9F\x98\x80'; let n: number = 1; nope", 1, "nope", NULL},
      {"ts", "enum E { A, B }; nope", 1, "nope", NULL},
      {"ts", "enum E {\n  A,\n  B,\n}\nnope", 5, "nope", NULL},
      {"ts", "class P { constructor(private a: number, public b: string) { nope } }\nnew P(1, '')", 1, "nope", NULL},
      {"ts", "interface I {\n  a: number;\n}\n\n  nope as number", 5, "nope", NULL},
      {"ts", "function f<T extends object>(x: T): T { return nope }\nf<{}>({})", 1, "nope", NULL},
      {"ts", "const f = async <T,>(x: T): Promise<T> => { await 1; return nope }\nawait f<number>(1)", 1, "nope", NULL},
      {"ts", "const a: number = 1; if (!a) return 1 as any; nope", 1, "nope", NULL},
      {"ts", "import type {A} from 'x'; return nope as A", 1, "nope", NULL},
      {"ts", "\tlet t: number = 1;\tnope", 1, "nope", NULL},
      {"ts", "let t: number = 1;\r\n\r\nnope", 3, "nope", NULL},
      {"jsx", "const a = <b c={1}>{2}</b>; nope", 1, "nope", NULL},
      {"jsx", "const a = <b>\n  <i/>\n  {nope}\n</b>", 3, "nope", NULL},
      {"jsx", "const a = <b x={1} y={nope}/>", 1, "nope", NULL},
      {"tsx", "const a = (x: number) => <b>\n  {x as number}{nope}\n</b>\na(1)", 2, "nope", NULL},
      {"tsx", "const f = <T,>(x: T): T => x; const e = <i>{f<number>(1)}</i>; return nope", 1, "nope", NULL},
  };
  for (size_t i = 0; i < UT_COUNT(mistakes); i++) check_mistake(&mistakes[i], CLOCHE_UNCAUGHT_ERROR);
}

/* Every frame of a stack that names the source names a line that its author wrote. */
static void check_stack(const cloche_result *r, const char *name, const char *source) {
  unsigned lines = 1, line, column;
  for (const char *c = source; *c; c++) lines += *c == '\n';
  assert_non_null(r->error_stack);
  size_t length = strlen(name);
  for (const char *at = r->error_stack; (at = strstr(at, name)) != NULL; at += length) {
    if (sscanf(at + length, ":%u:%u", &line, &column) != 2) continue;
    if (line < 1 || line > lines || column < 1)
      fail_msg("%s\n has no %u:%u:\n%s", source, line, column, r->error_stack);
  }
}

/* TypeScript, and the same text with blanks in the place of its types: their stacks differ in the name alone. */
static void stacks_through_typescript(void) {
  static const struct {
    const char *typed, *plain, *deep;
  } pairs[] = {
      {"function inner(a: Aaa): number { throw new TypeError('in' as string) }\n"
       "const outer = <T extends A>(a: T): number => inner(a as A);\n"
       "outer<A>({x: 1} as any)",
       "function inner(a     )         { throw new TypeError('in'          ) }\n"
       "const outer =              (a   )         => inner(a     );\n"
       "outer   ({x: 1}       )",
       "at outer (main.ts:2:"},
      {"async function f(a: string): Promise<void> {\n  await null; const n: number = 1; throw new TypeError(a) }\n"
       "async function g(): Promise<void> { await f('x' as string) }\nawait g()",
       "async function f(a        )                {\n  await null; const n         = 1; throw new TypeError(a) }\n"
       "async function g()                { await f('x'          ) }\nawait g()",
       "at f (main.ts:2:"},
      {"class A<T> { readonly m: T; constructor(a: T) { this.run<T>(a) }\n  private run<U>(u: U): void { (u as any).x.y } }\n"
       "new A<string>('s')",
       "class A    {          m   ; constructor(a   ) { this.run   (a) }\n          run   (u   )       { (u       ).x.y } }\n"
       "new A        ('s')",
       "at run (main.ts:2:"},
  };
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(pairs); i++) {
    cloche_result r = run_as(cell, NULL, pairs[i].plain);
    assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
    char *plain = strdup(r.error_stack);
    uint32_t line = r.line, column = r.column;
    r = run_as(cell, "ts", pairs[i].typed);
    assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
    assert_non_null(strstr(r.error_stack, pairs[i].deep));
    for (char *at = plain; (at = strstr(at, "main.js")) != NULL; at += 7) at[5] = 't';
    assert_string_equal(r.error_stack, plain);
    assert_string_equal(ut_report_text(cell, "error.stack"), r.error_stack);
    assert_int_equal(r.line, line);
    assert_int_equal(r.column, column);
    check_stack(&r, "main.ts", pairs[i].typed);
    free(plain);
  }
  cloche_cell_close(cell);
}

static void stacks_of_rewritten_scripts_name_real_lines(void) {
  static const char *const sources[] = {"return nope", "if (0) return 1\nnope", "export const a = nope",
                                        "function f() { nope }\nreturn f()"};
  cloche_cell *cell = ut_one_shot();
  for (size_t i = 0; i < UT_COUNT(sources); i++) {
    cloche_result r = run_as(cell, NULL, sources[i]);
    assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
    check_stack(&r, "main.js", sources[i]);
  }
  cloche_cell_close(cell);
}

/* The place of an error with a cause is where it was thrown; the cause can be read, and its place is the author's, too. */
static void causes(void) {
  const char *source =
      "const t: string = 'x'; try {\n  (null as any).x } catch (e: unknown) {\n"
      "  throw new Error('outer' as string, {cause: e}) }";
  cloche_cell *cell = ut_one_shot();
  cloche_result r = run_as(cell, "ts", source);
  assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
  assert_string_equal(r.error_message, "outer");
  assert_int_equal(r.line, 3);
  const char *cause = strstr(r.error_stack, "cause");
  assert_non_null(cause);
  assert_non_null(strstr(cause, "TypeError"));
  check_stack(&r, "main.ts", source);
  r = run_as(cell, "ts", "const e: any = new Error('self'); e.cause = e; throw e");
  assert_string_equal(r.error_message, "self");
  r = run_as(cell, "ts", "throw new Error('a', {cause: 'text'})");
  assert_string_equal(r.error_message, "a");
  cloche_cell_close(cell);
}

/* An error that is thrown again is still where it was made. */
static void rethrown_errors(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r = run_as(cell, "ts", "let kept: unknown;\ntry {\n  null!.x } catch (e) { kept = e }\n\nthrow kept");
  assert_int_equal(r.line, 3);
  r = run_as(cell, NULL, "let e;\ntry {\n  nope\n} catch (x) { e = x }\n\nreturn Promise.reject(e)");
  assert_int_equal(r.line, 3);
  cloche_cell_close(cell);
}

static void frames_show_the_lines_around(void) {
  cloche_cell *cell = ut_one_shot();
  cloche_result r =
      run_as(cell, "ts", "let one: number;\nlet two;\nlet three;\nnope;\nlet five;\nlet six;\nlet seven;");
  assert_null(strstr(r.error_frame, "one"));
  assert_non_null(strstr(r.error_frame, "     2 | let two;\n"));
  assert_non_null(strstr(r.error_frame, ">    4 | nope;\n       | ^\n"));
  assert_non_null(strstr(r.error_frame, "     6 | let six;\n"));
  assert_null(strstr(r.error_frame, "seven"));
  r = run_as(cell, "ts", "nope as number");
  assert_string_equal(r.error_frame, ">    1 | nope as number\n       | ^\n"); /* the author's text, not what ran */
  r = run_as(cell, NULL, "let a = 1;\r\nnope;\r\n");
  assert_null(strchr(r.error_frame, '\r'));
  cloche_cell_close(cell);
}

/* Lines that nobody could read are cut on both sides, and the caret still points at the place. */
static void frames_of_long_lines(void) {
  enum { LONG = 10000 };
  cloche_cell *cell = ut_one_shot();
  for (int i = 0; i < 4; i++) {
    cl_buf source = {.max = 1 << 20};
    cl_buf_text(&source, "let s = '");
    repeat(&source, i & 2 ? "\xC3\xA9" : "a", LONG);
    cl_buf_text(&source, "'; nope; '");
    repeat(&source, "b", LONG);
    cl_buf_text(&source, "'");
    assert_false(source.failed);
    cloche_result r = run_as(cell, i & 1 ? "ts" : NULL, source.data);
    assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
    assert_int_equal(r.column, 9 + LONG + 4);
    assert_true(starts(pointed_at(r.error_frame), "nope; 'b"));
    assert_true(strlen(r.error_frame) < 1000);
    assert_non_null(strstr(r.error_frame, ">    1 | ..."));
    assert_non_null(strstr(r.error_frame, "b...\n"));
    cl_buf_free(&source);
  }
  cloche_cell_close(cell);
}

/* ---- rewritten scripts */

static void rewritten_values(void) {
  static const program programs[] = {
      {"return 5; 6", "5"},
      {"if (false) return 1; 2", "2"},
      {"if (false) return 1; 2;", "2"},
      {"if (false) return 1; let x = 2", NULL},
      {"if (false) return 1; if (true) { 7 }", "7"}, /* the last value, as of a script that needs no rewriting */
      {"if (0) return; for (const x of [1, 2]) { x * 2 }", "4"},
      {"if (0) return; try { 1 } finally { 2 }", "1"},
      {"if (0) return; switch (1) { case 1: 'one' }", "\"one\""},
      {"if (0) return; if (0) 7\nelse 8", "8"},
      {"if (0) return; 5; let x = 1", "5"},
      {"if (0) return; 5; function f() {}", "5"},
      {"if (0) return; 5; if (0) 6", NULL},
      {"return\n5", NULL},
      {"return { a: 1 }", "{\"a\":1}"},
      {"return (\n  1,\n  2\n)", "2"},
      {"const x = 1\nconst y = 2\nreturn x + y", "3"},
      {"let z = 5\n;[z] = [6]\nreturn z", "6"},
      {"let a = 1\nlet b = a\n++b\nreturn [a, b]", "[1,2]"},
      {"return await Promise.resolve(4)", "4"},
      {"const f = async () => { await 1; return 2 }; return await f()", "2"},
      {"return this === globalThis", "true"},
      {"with ({a: 6}) { return a }", "6"},
      {"return typeof arguments === 'object' || true", "true"},
      {"return hoisted(); function hoisted() { return 3 }", "3"},
      {"return [typeof v, v]; var v = 1", "[\"undefined\",{\"$type\":\"undefined\"}]"},
      {"try { return 1 } finally { globalThis.fin = 1 }", "1"},
      {"switch (2) { case 2: return 'two' }", "\"two\""},
      {"for await (const x of [Promise.resolve(1)]) return x", "1"},
      {"#!/usr/bin/env node\nreturn 5", "5"},
      {"\xEF\xBB\xBFreturn 5", "5"},
      {"\r\nreturn 5\r\n", "5"},
      {"return 8 // here", "8"},
      {"/* a */ return /* b */ 8 /* c */", "8"},
      {"return `a${`b${1}`}`", "\"ab1\""},
      {"return /[/'\"]/.source", "\"[/'\\\"]\""},
      {"return '\xC3\xA9\xF0\x9F\x98\x80'", "\"\xC3\xA9\xF0\x9F\x98\x80\""},
      {"return \"\\u2028\".length", "1"},
      {"if (0) return; 1, 2", "2"},
      {"if (0) return; 'a' /* tail */ // more", "\"a\""},
      {"if (0) return; x = 3", "3"},
      {"if (0) return; await 6", "6"},
      {"if (0) return; Promise.resolve(6)", "6"},
      {"export const a = 1; a + 1", "2"},
      {"export let a = 1, b = 2; export {a as c, b as d}; a + b", "3"},
      {"export function f() { return 4 }\nf()", "4"},
      {"export class K { v = 5 }\nnew K().v", "5"},
      {"export async function f() { return 4 }\nawait f()", "4"},
      {"export default function f() { return 4 }\nf()", "4"},
      {"export {}; 9", "9"},
      {"export const {a, b: [c = 3]} = {a: 1, b: []}; [a, c]", "[1,3]"},
      {"export const a = 1; const f = function () { return this }; f()", NULL}, /* module syntax is strict */
  };
  give_values(NULL, programs, UT_COUNT(programs));
}

static void brackets_around_the_last_expression(void) {
  static const program programs[] = {
      {"if (0) return; ({a: 1})", "{\"a\":1}"}, {"if (0) return; ({a: 1});", "{\"a\":1}"},
      {"if (0) return; (1, 2) // tail", "2"},   {"if (0) return\n;(function () { return 3 })()", "3"},
      {"if (0) return; (((4)))", "4"},          {"import type {A} from 'x'; export {}; (5)", "5"},
  };
  give_values("ts", programs, UT_COUNT(programs));
}

/* "use strict" stays the first thing that the engine sees. */
static void directives_hold(void) {
  static const program programs[] = {
      {"'use strict'; return (function () { return this === undefined })()", "true"},
      {"// first\n\"use strict\"\nif (0) return; (() => { try { undeclared = 1 } catch (e) { return e.name } })()",
       "\"ReferenceError\""},
      {"'use strict'; function f() { return this === undefined } return f()", "true"},
      {"'use strict'; if (0) return; if (1) { (function () { return this === undefined })() }", "true"},
  };
  give_values(NULL, programs, UT_COUNT(programs));
  cloche_cell *cell = ut_session();
  for (size_t i = 0; i < UT_COUNT(programs); i++) ut_value(cell, programs[i].source, programs[i].want);
  ut_value(cell, "return (function () { return this === globalThis })()", "true"); /* of that run alone */
  cloche_cell_close(cell);
}

/* No name that an author may use is taken by the rewriting. */
static void helpers_take_no_names(void) {
  static const program programs[] = {
      {"const __value = 5; if (0) return 1; if (1) { __value }", "5"},
      {"let value = 1, map = 2, text = 3, module = 4; if (0) return; value + map + text + module", "10"},
  };
  give_values(NULL, programs, UT_COUNT(programs));
}

static void export_default_is_the_value(void) {
  static const program programs[] = {
      {"export default 5", "5"},
      {"export default 5;", "5"},
      {"export default {a: 1}", "{\"a\":1}"},
      {"const x = 2\nexport default x + 1", "3"},
      {"export default [1, 2] // tail", "[1,2]"},
      {"export default (1, 2)", "2"},
      {"export default await Promise.resolve(3)", "3"},
      {"export default () => 1", "{\"$type\":\"function\",\"name\":\"\"}"},
  };
  give_values(NULL, programs, UT_COUNT(programs));
  static const program middle[] = {
      {"export default 5\n6", "6"}, {"export default function () {}\n7", "7"}, {"export default class {}\n8", "8"}};
  give_values(NULL, middle, UT_COUNT(middle));
}

static void bindings_stay_in_a_session(void) {
  static const struct {
    const char *source, *then, *want;
  } cases[] = {
      {"const a = 1; return a", "a", "1"},
      {"let a = 1; return a", "a++; a", "2"},
      {"let a; return a", "[a]", "[{\"$type\":\"undefined\"}]"},
      {"let a = 1, b, c = a + 1; return c", "[a, typeof b, c]", "[1,\"undefined\",2]"},
      {"var v = 5; return v", "v + globalThis.v", "10"},
      {"var v = 1; var v = 2; return v", "v", "2"},
      {"let [b, {c, ...d}, ...e] = [2, {c: 3, x: 4}, 5]; return b", "[b, c, d, e]", "[2,3,{\"x\":4},[5]]"},
      {"const {a = 7, ['b' + 1]: {c: [d]} = {c: [8]}} = {}; return a", "[a, d]", "[7,8]"},
      {"function f() { return n } let n = 4; return f()", "f() + n", "8"},
      {"return f(); function f() { return 4 }", "f()", "4"},
      {"async function f() { return 4 }\nreturn await f()", "await f()", "4"},
      {"function* g() { yield 1 }\nreturn 0", "[...g()]", "[1]"},
      {"class K { x = 9; static y = K.name } return K.y", "[new K().x, K.y, K.name]", "[9,\"K\",\"K\"]"},
      {"class B {} class D extends B {} return 1", "new D() instanceof B", "true"},
      {"const f = () => 1; return f.name", "f.name + f()", "\"f1\""},
      {"export const a = 1; export let b = 2; export var c = 3", "[a, b, c]", "[1,2,3]"},
      {"export function f() { return 6 }", "f()", "6"},
      {"export default function df() { return 6 }", "df()", "6"},
      {"export class K { z = 1 }", "new K().z", "1"},
      {"let a = await Promise.resolve(3); return a", "a", "3"},
      {"let s = `\n${1}\n`; return s", "s.length", "3"},
      {"let \xC3\xA9 = 1; return \xC3\xA9", "\xC3\xA9", "1"},
      {"let a = 1 // one\nlet b = 2 /* two */\nreturn a", "a + b", "3"},
      {"let a = function () {}\n;(a)\nreturn 1", "typeof a", "\"function\""},
      {"let get = 1, set = 2, of = 3, async = 4; return 0", "get + set + of + async", "10"},
      {"globalThis.made = 1; return 1", "made", "1"},
      {"undeclared = 3; return 1", "undeclared", "3"},
      {"for (let i = 0; i < 3; i++) { if (i == 2) return i }", "typeof i", "\"undefined\""},
      {"{ let inner = 1; const other = 2 } return 1", "typeof inner + typeof other", "\"undefinedundefined\""},
      {"let a = 1; if (a) { let a = 2; return a }", "a", "1"},
      {"function f() { var local = 1; return local } return f()", "typeof local", "\"undefined\""},
  };
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_session();
    cloche_result r = ut_eval(cell, cases[i].source);
    if (r.status != CLOCHE_OK) fail_msg("%s: %s", cases[i].source, r.error_message);
    r = ut_eval(cell, cases[i].then);
    expect(&r, cases[i].source, cases[i].want);
    cloche_cell_close(cell);
  }
}

/* `var` belongs to the script wherever it stands outside of functions, as it does in a script that needs no rewriting. */
static void nested_vars_stay_in_a_session(void) {
  static const struct {
    const char *source, *then, *want;
  } cases[] = {
      {"if (true) { var inner = 3 } return 1", "inner", "3"},
      {"try { var d = await 4 } catch {} return d", "d", "4"},
      {"for (var q of [1, 2]); return q", "q", "2"},
      {"for (var i = 0; i < 3; i++); return i", "i", "3"},
      {"for (var k in {a: 1}) { var seen = k } return k", "k + seen", "\"aa\""},
      {"{ { var deep = 1 } } return deep", "deep", "1"},
      {"if (true) { function block() { return 2 } } return block()", "block()", "2"},
  };
  size_t lost = 0;
  for (size_t i = 0; i < UT_COUNT(cases); i++) {
    cloche_cell *cell = ut_session();
    cloche_result r = ut_eval(cell, cases[i].source);
    assert_int_equal(r.status, CLOCHE_OK);
    r = ut_eval(cell, cases[i].then);
    if (r.status != CLOCHE_OK || !r.value || strcmp(r.value, cases[i].want) != 0) {
      print_error("%s\n  then %s: %s\n", cases[i].source, cases[i].then, r.error_message ? r.error_message : r.value);
      lost++;
    }
    cloche_cell_close(cell);
  }
  assert_int_equal(lost, 0);
}

static void typescript_bindings_stay_in_a_session(void) {
  cloche_cell *cell = ut_session();
  cloche_result r =
      run_as(cell, "ts", "enum E { A = 2 }\nconst n: number = 1; class P { constructor(public a: number) {} }");
  assert_int_equal(r.status, CLOCHE_OK);
  r = run_as(cell, "ts", "const m = E.A + n + new P(3).a as number; m");
  expect(&r, "bindings", "6");
  r = run_as(cell, "ts", "let t: string[] = ['a']; return t");
  expect(&r, "rewritten", "[\"a\"]");
  r = run_as(cell, "tsx", "const el = <b>{t.length}</b>; el.children");
  expect(&r, "in another language", "[1]");
  r = run_as(cell, NULL, "[m, t, el.type]");
  expect(&r, "in JavaScript", "[6,[\"a\"],\"b\"]");
  cloche_cell_close(cell);
}

static void one_shot_cells_keep_nothing(void) {
  cloche_cell *cell = ut_one_shot();
  ut_value(cell, "var a = 1; function f() {} return a", "1");
  ut_value(cell, "typeof a + typeof f", "\"undefinedundefined\"");
  cloche_result r = run_as(cell, "ts", "enum E { A }; var b: number = 1");
  assert_int_equal(r.status, CLOCHE_OK);
  r = run_as(cell, "ts", "typeof E + typeof b");
  expect(&r, "ts", "\"undefinedundefined\"");
  cloche_cell_close(cell);
}

static void a_bad_source_does_no_harm_to_the_next(void) {
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = session ? ut_session() : ut_one_shot();
    for (int i = 0; i < 3; i++) {
      assert_int_equal(run_as(cell, "ts", "globalThis.ran = 1; let x: = 1").status, CLOCHE_SYNTAX_ERROR);
      assert_int_equal(run_as(cell, NULL, "globalThis.ran = 1; return = 1").status, CLOCHE_SYNTAX_ERROR);
      assert_int_equal(run_as(cell, "tsx", "globalThis.ran = 1; <b>").status, CLOCHE_SYNTAX_ERROR);
      cloche_result r = run_as(cell, "ts", "return typeof ran as string");
      expect(&r, "nothing of it has run", "\"undefined\"");
      ut_value(cell, "1 + 1", "2");
    }
    cloche_cell_close(cell);
  }
}

/* ---- limits while compiling */

/* TypeScript that takes the compiler a while; `n` is about its KiB. To be freed. */
static char *big_source(unsigned n) {
  cl_buf text = {.max = 1 << 20};
  for (unsigned i = 0; text.len < n * 1024 && !text.failed; i++)
    cl_buf_format(&text,
                  "export function f%u<T extends object>(a: number, b: T[] = []): number { return a as number }\n", i);
  cl_buf_text(&text, "globalThis.ran = true; 'done'");
  assert_false(text.failed);
  return text.data;
}

static cloche_limits compile_limits(void) {
  cloche_limits limits = ut_limits();
  limits.wall_ns = limits.cpu_ns = 120000 * UT_MS;
  return limits;
}

static void start_as(cloche_cell *cell, const char *language, const char *source) {
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  options.language = language;
  if (cloche_cell_start(cell, source, strlen(source), &options, &err) != CLOCHE_OK) fail_msg("%s", err.message);
}

static cloche_state step(cloche_cell *cell, uint64_t slice) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_state state = CLOCHE_IDLE;
  if (cloche_cell_step(cell, slice, &state, &err) != CLOCHE_OK) fail_msg("%s", err.message);
  return state;
}

/* The cell goes on as if nothing had been. */
static void check_alive(cloche_cell *cell, bool session) {
  cloche_result r = run_as(cell, "ts", session ? "[typeof ran, kept as number]" : "[typeof ran, 1 as number]");
  expect(&r, "the next run", "[\"undefined\",1]");
}

static void limited_compile(const char *language, const char *source, const cloche_limits *limits,
                            cloche_status status) {
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = ut_limited(limits, session);
    if (session) ut_value(cell, "var kept = 1", NULL);
    cloche_result r = run_as(cell, language, source);
    if (r.status != status)
      fail_msg("%s, not %s", cloche_status_describe(r.status).name, cloche_status_describe(status).name);
    assert_null(r.value);
    assert_true(r.error_name[0] && r.error_message[0]);
    assert_true(r.rolled_back == (session != 0));
    assert_string_equal(ut_report_text(cell, "error.code"), cloche_status_describe(status).name);
    /* the compiler was stopped, and not let go on to its end */
    if (limits->wall_ns < 1000 * UT_MS) assert_true(r.cpu_ns < 2 * limits->wall_ns);
    check_alive(cell, session);
    cloche_cell_close(cell);
  }
}

static void wall_time_while_compiling(void) {
  char *source = big_source(900);
  cloche_limits limits = compile_limits();
  limits.wall_ns = 300 * UT_MS;
  limited_compile("ts", source, &limits, CLOCHE_WALL_TIME_LIMIT);
  free(source);
}

static void cpu_time_while_compiling(void) {
  char *source = big_source(900);
  cloche_limits limits = compile_limits();
  limits.cpu_ns = 150 * UT_MS;
  limited_compile("ts", source, &limits, CLOCHE_CPU_TIME_LIMIT);
  free(source);
}

static void memory_while_compiling(void) {
  /* a compiler has 64 MiB at least */
  cloche_limits limits = compile_limits();
  limits.memory_bytes = 8 << 20;
  limits.source_bytes = 16 << 20;
  size_t size = 6 << 20;
  char *source = malloc(size + 1);
  assert_non_null(source);
  for (size_t i = 0; i < size; i += 4) memcpy(source + i, "a,b;", 4);
  source[size] = 0;
  limited_compile("ts", source, &limits, CLOCHE_MEMORY_LIMIT);
  free(source);
}

static void stack_while_compiling(void) {
  enum { DEEP = 30000 };
  static const struct {
    const char *language, *head, *open, *middle, *close;
  } nests[] = {{"ts", "let x = ", "[", "", "]"},
               {"ts", "let x: ", "A<", "B", ">"},
               {"tsx", "", "<a>", "", "</a>"},
               {"ts", "", "(", "1", ")"},
               {"jsx", "return ", "[", "1", "]"}};
  cloche_limits limits = compile_limits();
  for (size_t i = 0; i < UT_COUNT(nests); i++) {
    cl_buf source = {.max = 1 << 20};
    cl_buf_text(&source, nests[i].head);
    repeat(&source, nests[i].open, DEEP);
    cl_buf_text(&source, nests[i].middle);
    repeat(&source, nests[i].close, DEEP);
    assert_false(source.failed);
    cloche_cell *cell = ut_limited(&limits, false);
    cloche_result r = run_as(cell, nests[i].language, source.data);
    if (r.status != CLOCHE_STACK_LIMIT) fail_msg("nest %zu: %s", i, cloche_status_describe(r.status).name);
    assert_string_equal(r.error_name, "RangeError");
    check_alive(cell, false);
    cloche_cell_close(cell);
    cl_buf_free(&source);
  }
}

static void a_limit_counts_once(void) {
  char *source = big_source(900);
  cloche_limits limits = compile_limits();
  limits.wall_ns = 200 * UT_MS;
  cloche_cell *cell = ut_limited(&limits, false);
  assert_int_equal(run_as(cell, "ts", source).status, CLOCHE_WALL_TIME_LIMIT);
  assert_string_equal(ut_report_text(cell, "metrics.limits.wall_time_limit"), "1");
  cloche_cell_close(cell);
  free(source);
}

static void sources_above_the_limit_are_not_compiled(void) {
  cloche_limits limits = ut_limits();
  limits.source_bytes = 20;
  cloche_cell *cell = ut_limited(&limits, false);
  cloche_result r = run_as(cell, "ts", "let a: number = 123456789; a");
  assert_int_equal(r.status, CLOCHE_SOURCE_LIMIT);
  assert_string_equal(ut_report_text(cell, "metrics.compile_ms"), "");
  r = run_as(cell, "ts", "let a: number = 12;a");
  expect(&r, "20 bytes", "12");
  cloche_cell_close(cell);
}

static void *interrupt_soon(void *cell) {
  struct timespec pause = {0, 30 * 1000000};
  nanosleep(&pause, NULL);
  cloche_cell_interrupt(cell);
  return NULL;
}

static void interrupted_while_compiling(void) {
  char *source = big_source(900);
  cloche_limits limits = compile_limits();
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = ut_limited(&limits, session);
    if (session) ut_value(cell, "var kept = 1", NULL);
    start_as(cell, "ts", source);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, interrupt_soon, cell), 0);
    while (step(cell, 0) != CLOCHE_DONE) continue;
    pthread_join(thread, NULL);
    cloche_result r = {0};
    assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
    assert_int_equal(r.status, CLOCHE_CANCELLED);
    assert_true(r.rolled_back == (session != 0));
    assert_string_equal(ut_report_text(cell, "status"), "cancelled");
    check_alive(cell, session);
    cloche_cell_close(cell);
  }
  free(source);
}

static uint64_t thread_cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void compiles_in_slices(void) {
  char *source = big_source(60);
  cloche_limits limits = compile_limits();
  cloche_cell *cell = ut_limited(&limits, false), *other = ut_one_shot();
  (void)run_as(cell, "ts", "1 as number"); /* the compiler's image is there now */
  start_as(cell, "ts", source);
  unsigned steps = 0, long_ones = 0, others = 0;
  for (cloche_state state = CLOCHE_RUNNING; state != CLOCHE_DONE; steps++) {
    uint64_t before = thread_cpu();
    state = step(cell, UT_MS);
    long_ones += thread_cpu() - before > 8 * UT_MS;
    if (state == CLOCHE_RUNNING && steps % 8 == 0) {
      ut_value(other, "6 * 7", "42");
      cloche_result r = run_as(other, "ts", "6 * 7 as number");
      expect(&r, "another compiler meanwhile", "42");
      others++;
    }
  }
  cloche_result r = {0};
  assert_int_equal(cloche_cell_result(cell, &r, NULL), CLOCHE_OK);
  expect(&r, "big", "\"done\"");
  assert_true(steps > 10);
  assert_true(others > 0);
  assert_true(long_ones <= 1 + steps / 20);
  cloche_cell_close(other);
  cloche_cell_close(cell);
  free(source);
}

/* Many cells compile in turns on one thread, and each gets its own. */
static void compiles_of_many_cells_take_turns(void) {
  enum { CELLS = 6 };
  cloche_cell *cells[CELLS];
  for (int i = 0; i < CELLS; i++) {
    cells[i] = i % 2 ? ut_session() : ut_one_shot();
    cl_buf source = {.max = 1 << 20};
    for (int n = 0; n < 30; n++) cl_buf_format(&source, "function g%d(a: number): number { return a + %d }\n", n, i);
    cl_buf_format(&source, "return g7(%d00)", i);
    start_as(cells[i], "ts", source.data);
    cl_buf_free(&source);
  }
  for (int open = CELLS; open > 0;) {
    open = 0;
    for (int i = 0; i < CELLS; i++) open += step(cells[i], UT_MS / 5) != CLOCHE_DONE;
  }
  for (int i = 0; i < CELLS; i++) {
    char want[20];
    snprintf(want, sizeof want, "%d", i * 100 + i);
    ut_finish_value(cells[i], want);
    cloche_cell_close(cells[i]);
  }
}

static void closed_and_reset_while_compiling(void) {
  ut_not_in_workers(); /* it counts slices */
  char *source = big_source(100);
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_cell *copy = NULL;
  for (int session = 0; session < 2; session++) {
    cloche_cell *cell = session ? ut_session() : ut_one_shot();
    if (session) ut_value(cell, "var kept = 1", NULL);
    start_as(cell, "ts", source);
    for (int i = 0; i < 3; i++) assert_int_equal(step(cell, UT_MS / 5), CLOCHE_RUNNING);
    /* it is a run like any other */
    assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_INVALID_STATE);
    assert_int_equal(cloche_cell_fork(&copy, cell, &err), CLOCHE_NOT_SUSPENDABLE);
    assert_int_equal(cloche_cell_context(cell, "1", 1, &err), CLOCHE_INVALID_STATE);
    assert_int_equal(cloche_cell_start(cell, "1", 1, NULL, &err), CLOCHE_INVALID_STATE);
    assert_int_equal(cloche_cell_deadline(cell), 0);
    cloche_call call;
    assert_false(cloche_cell_next_call(cell, &call));
    cloche_cell_interrupt(cell);
    assert_int_equal(step(cell, 0), CLOCHE_DONE);
    if (session) {
      copy = ut_fork(cell);
      check_alive(copy, true);
      cloche_cell_close(copy);
      check_alive(cell, true);
    }
    assert_int_equal(cloche_cell_reset(cell, &err), CLOCHE_OK);
    check_alive(cell, false);
    start_as(cell, "ts", source);
    for (int i = 0; i < 3; i++) assert_int_equal(step(cell, UT_MS / 5), CLOCHE_RUNNING);
    cloche_cell_close(cell); /* in the middle */
  }
  cloche_cell *cell = ut_one_shot();
  check_alive(cell, false);
  cloche_cell_close(cell);
  free(source);
}

static void forks_compile(void) {
  cloche_cell *cell = ut_session();
  cloche_result r = run_as(cell, "ts", "let n: number = 1; return n");
  expect(&r, "parent", "1");
  cloche_cell *copy = ut_fork(cell);
  r = run_as(copy, "ts", "n += 1 as number; return n");
  expect(&r, "fork", "2");
  r = run_as(cell, "ts", "n += 5 as number; return n");
  expect(&r, "parent again", "6");
  cloche_cell_close(cell);
  r = run_as(copy, "tsx", "(<b>{n as number}</b>).children");
  expect(&r, "fork alone", "[2]");
  cloche_cell_close(copy);
}

/* A thread's last slot serves a cell that compiles, too. */
static void the_last_slot_compiles(void) {
  cloche_thread_options options = CLOCHE_THREAD_OPTIONS_INIT;
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread *thread;
  options.slots = 1;
  options.spare = 1;
  assert_int_equal(cloche_thread_open(&thread, &options, &err), CLOCHE_OK);
  for (int i = 0; i < 3; i++) {
    cloche_cell *cell = NULL, *second = NULL;
    assert_int_equal(cloche_cell_open(&cell, thread, ut_engine, NULL, &err), CLOCHE_OK);
    assert_int_equal(cloche_cell_open(&second, thread, ut_engine, NULL, &err), CLOCHE_NO_SLOT);
    for (int k = 0; k < 3; k++) {
      char source[60], want[20];
      snprintf(source, sizeof source, "return %d as number", i * 10 + k);
      snprintf(want, sizeof want, "%d", i * 10 + k);
      cloche_result r = run_as(cell, "ts", source);
      expect(&r, source, want);
    }
    assert_int_equal(cloche_cell_open(&second, thread, ut_engine, NULL, &err), CLOCHE_NO_SLOT);
    cloche_cell_close(cell);
  }
  cloche_thread_close(thread);
}

/* ---- the cache */

static bool was_compiled(cloche_cell *cell) { return ut_report_text(cell, "metrics.compile_ms")[0] != 0; }

static void compiled_sources_are_remembered(void) {
  ut_not_in_workers(); /* each of them remembers its own */
  cloche_run_options options = CLOCHE_RUN_OPTIONS_INIT;
  options.language = "tsx";
  const char *source = "const remembered: number = 41; <b>{remembered + 1 as number}</b>";
  const char *want = "{\"type\":\"b\",\"props\":{},\"children\":[42]}";
  cloche_cell *cell = ut_one_shot(), *other = ut_one_shot(), *session = ut_session();
  cloche_result r = run_with(cell, &options, source);
  expect(&r, source, want);
  assert_true(was_compiled(cell));
  r = run_with(cell, &options, source);
  expect(&r, source, want);
  assert_false(was_compiled(cell));
  r = run_with(other, &options, source); /* by the thread, not by the cell */
  expect(&r, source, want);
  assert_false(was_compiled(other));
  r = run_with(session, &options, source);
  expect(&r, source, want);
  assert_true(was_compiled(session));
  options.name = "another.tsx"; /* what it is called does not matter, and is not remembered */
  options.jsx_factory = NULL;
  r = run_with(cell, &options, "const remembered: number = 41; <b>{remembered + 1 as number}</b>");
  assert_false(was_compiled(cell));
  options.jsx_factory = "String";
  r = run_with(cell, &options, source);
  assert_true(was_compiled(cell));
  options.jsx_fragment = "Object";
  r = run_with(cell, &options, source);
  assert_true(was_compiled(cell));
  options = (cloche_run_options)CLOCHE_RUN_OPTIONS_INIT;
  options.language = "ts";
  assert_int_equal(run_with(cell, &options, source).status, CLOCHE_SYNTAX_ERROR);
  assert_true(was_compiled(cell));
  assert_int_equal(run_with(cell, &options, source).status, CLOCHE_SYNTAX_ERROR); /* failures are not remembered */
  assert_true(was_compiled(cell));
  cloche_cell_close(session);
  cloche_cell_close(other);
  cloche_cell_close(cell);
}

/* What the cache gives is as good as what the compiler gave: errors in it have the author's positions, too. */
static void remembered_sources_keep_their_positions(void) {
  cloche_cell *cell = ut_one_shot();
  const char *source = "const a: number = 1; function f(x: string): void { nope }\nif (a) f('x' as string); return 1";
  uint32_t column = 0;
  for (int i = 0; i < 2; i++) {
    cloche_result r = run_as(cell, "ts", source);
    assert_int_equal(r.status, CLOCHE_UNCAUGHT_ERROR);
    assert_true(was_compiled(cell) == (i == 0));
    assert_true(starts(pointed_at(r.error_frame), "nope"));
    if (i > 0) assert_int_equal(r.column, column);
    column = r.column;
  }
  cloche_cell_close(cell);
}

static void the_cache_is_bounded(void) {
  enum { SOURCES = 260 }; /* there is room for 256 */
  cloche_cell *cell = ut_one_shot();
  char source[80], want[20];
  for (int i = 0; i < SOURCES; i++) {
    snprintf(source, sizeof source, "let bounded: number = %d; bounded", i);
    snprintf(want, sizeof want, "%d", i);
    cloche_result r = run_as(cell, "ts", source);
    expect(&r, source, want);
  }
  (void)run_as(cell, "ts", source);
  assert_false(was_compiled(cell)); /* the last one is there */
  (void)run_as(cell, "ts", "let bounded: number = 0; bounded");
  assert_true(was_compiled(cell)); /* the first one is not */
  cloche_cell_close(cell);
}

/* ---- the compiler's image */

static int open_files(void) {
  DIR *dir = opendir("/proc/self/fd");
  assert_non_null(dir);
  int count = 0;
  while (readdir(dir)) count++;
  closedir(dir);
  return count;
}

static void compiler_ready(void) {
  ut_not_in_workers(); /* it counts the files of this process */
  for (int ready = 0; ready < 2; ready++) {
    cloche_engine_options options = CLOCHE_ENGINE_OPTIONS_INIT;
    cloche_error err = CLOCHE_ERROR_INIT;
    cloche_engine *engine;
    cloche_cell *cell;
    options.compiler_ready = ready;
    assert_int_equal(cloche_engine_open(&engine, &options, &err), CLOCHE_OK);
    assert_int_equal(cloche_cell_open(&cell, ut_thread, engine, NULL, &err), CLOCHE_OK);
    ut_value(cell, "1", "1");
    int before = open_files();
    char source[60];
    snprintf(source, sizeof source, "let ready: number = %d; ready", ready);
    cloche_result r = run_as(cell, "ts", source);
    expect(&r, source, ready ? "1" : "0");
    assert_true(was_compiled(cell));
    assert_int_equal(open_files() - before, ready ? 0 : 1);
    cloche_cell_close(cell);
    cloche_engine_close(engine);
  }
}

/* A compiler cell that is kept warm stands in nobody's way. */
static void compilers_take_no_slot(void) {
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_thread_options options = CLOCHE_THREAD_OPTIONS_INIT;
  cloche_engine *first, *second;
  cloche_thread *thread;
  cloche_cell *cell;
  cloche_run_options run = CLOCHE_RUN_OPTIONS_INIT;
  static const char source[] = "let x: number = 1; x";
  options.slots = 1;
  run.language = "ts";
  assert_int_equal(cloche_engine_open(&first, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_engine_open(&second, NULL, &err), CLOCHE_OK);
  assert_int_equal(cloche_thread_open(&thread, &options, &err), CLOCHE_OK);
  for (int i = 0; i < 4; i++) {
    assert_int_equal(cloche_cell_open(&cell, thread, i % 2 ? second : first, NULL, &err), CLOCHE_OK);
    cloche_result r;
    assert_int_equal(cloche_cell_eval(cell, source, strlen(source), &run, &r, &err), CLOCHE_OK);
    assert_string_equal(r.value, "1");
    cloche_cell_close(cell);
  }
  cloche_thread_close(thread);
  cloche_engine_close(second);
  cloche_engine_close(first);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      UT(typescript_values),
      UT(jsx_values),
      UT(jsx_only_where_it_is),
      UT(jsx_tags_must_match),
      UT(jsx_named_factory),
      UT(jsx_bad_names_are_refused),
      UT(unknown_languages_are_refused),
      UT(languages_of_another_engine_are_refused),
      UT(unsupported_typescript),
      UT(syntax_errors_in_every_language),
      UT(runtime_errors_in_every_language),
      UT(stacks_through_typescript),
      UT(stacks_of_rewritten_scripts_name_real_lines),
      UT(causes),
      UT(rethrown_errors),
      UT(frames_show_the_lines_around),
      UT(frames_of_long_lines),
      UT(rewritten_values),
      UT(brackets_around_the_last_expression),
      UT(directives_hold),
      UT(helpers_take_no_names),
      UT(export_default_is_the_value),
      UT(bindings_stay_in_a_session),
      UT(nested_vars_stay_in_a_session),
      UT(typescript_bindings_stay_in_a_session),
      UT(one_shot_cells_keep_nothing),
      UT(a_bad_source_does_no_harm_to_the_next),
      UT(wall_time_while_compiling),
      UT(cpu_time_while_compiling),
      UT(memory_while_compiling),
      UT(stack_while_compiling),
      UT(a_limit_counts_once),
      UT(sources_above_the_limit_are_not_compiled),
      UT(interrupted_while_compiling),
      UT(compiles_in_slices),
      UT(compiles_of_many_cells_take_turns),
      UT(closed_and_reset_while_compiling),
      UT(forks_compile),
      UT(the_last_slot_compiles),
      UT(compiled_sources_are_remembered),
      UT(remembered_sources_keep_their_positions),
      UT(the_cache_is_bounded),
      UT(compiler_ready),
      UT(compilers_take_no_slot),
  };
  return UT_RUN("source", tests);
}
