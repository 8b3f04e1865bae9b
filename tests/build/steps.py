#!/usr/bin/env python3
"""Tests the steps between an engine's wasm and the compiler: guest/merge_wasm.py, guest/patch_wasm.py, guest/translate.py.

usage: steps.py BUILD_DIR        (a finished build, for the pinned wasm)

They must accept the pinned engine, give the same bytes twice, and refuse anything that is not what they know: a step that
silently did half of its work would be found out much later. Ends with one line "N passed, N failed, N skipped"."""
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MERGE, PATCH, TRANSLATE = (ROOT / "guest" / name for name in ("merge_wasm.py", "patch_wasm.py", "translate.py"))
SIDES = ("url", "encoding", "crypto")
MISSING = ("mbedtls_hmac_drbg_init", "mbedtls_hmac_drbg_seed_buf", "mbedtls_hmac_drbg_free", "mbedtls_hmac_drbg_random",
           "__cxa_pure_virtual", "errno")
results = {"passed": 0, "failed": 0}


def check(name, fine, detail=""):
    results["passed" if fine else "failed"] += 1
    if not fine:
        print(f"FAIL {name}: {detail}")


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def refuses(name, *command):
    result = run(sys.executable, *command)
    check(name, result.returncode == 1 and result.stderr.count("\n") == 1,
          f"status {result.returncode}, said {result.stderr[:200]!r}")


def assemble(work, name, text):
    (work / f"{name}.wat").write_text(text)
    made = run("wat2wasm", "--no-check", work / f"{name}.wat", "-o", work / f"{name}.wasm")
    check(f"{name}.wat is well-formed", made.returncode == 0, made.stderr)
    return work / f"{name}.wasm"


MAIN = """(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 1)
  (table (export "__indirect_function_table") 2 2 funcref)
  (global $sp (export "__stack_pointer") (mut i32) (i32.const 1024))
  (func (export "twice") (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
  (func $other (result i32) (i32.const 7))
  (elem (i32.const 1) $other)
  (data (i32.const 0) "main"))"""
IMPORTS = """
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 0 funcref))
  (import "env" "__memory_base" (global $data i32))
  (import "env" "__table_base" (global $table i32))
"""
# its start writes a pointer to itself and a table index into its data; the init follows both, and calls a weak symbol
SIDE = "(module" + IMPORTS + r"""
  (import "env" "__stack_pointer" (global $sp (mut i32)))
  (import "env" "twice" (func $twice (param i32) (result i32)))
  (import "env" "weak" (func $weak (result i32)))
  (import "GOT.func" "twice" (global $twice_at (mut i32)))
  (type $unary (func (param i32) (result i32)))
  (func $own (export "weak") (result i32) (i32.const 100))
  (func $unused (result i64) (i64.const 1))
  (func $plus (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $start
    (i32.store offset=4 (global.get $data) (i32.add (global.get $data) (i32.const 8)))
    (i32.store (global.get $data) (i32.add (global.get $table) (i32.const 0))))
  (func (export "qjs_ext_small_init") (result i32)
    (i32.add
      (i32.add (call $twice (i32.load (i32.load offset=4 (global.get $data))))
               (call_indirect (type $unary) (global.get $sp) (i32.load (global.get $data))))
      (i32.add (call $weak) (call_indirect (type $unary) (i32.const 5) (global.get $twice_at)))))
  (start $start)
  (elem (global.get $table) $plus)
  (data (global.get $data) "\00\00\00\00\00\00\00\00\2a\00\00\00"))"""
INIT = '(func (export "qjs_ext_small_init") (result i32) (i32.const 0))'
BAD_SIDES = {
    "no init": "(module" + IMPORTS + ")",
    "two inits": "(module" + IMPORTS + INIT + INIT.replace("small", "large") + ")",
    "state outside memory": "(module" + IMPORTS + '(global $g (mut i32) (i32.const 0)) (func (export "qjs_ext_small_init") '
                            "(result i32) (global.set $g (i32.const 1)) (global.get $g)))",
    "constructors": "(module" + IMPORTS + INIT + '(func (export "__wasm_call_ctors")))',
    "an undefined function": "(module" + IMPORTS + '(import "env" "none" (func $none)) (func (export "qjs_ext_small_init") '
                             "(result i32) (call $none) (i32.const 0)))",
    "another type": "(module" + IMPORTS + '(import "env" "twice" (func $twice)) (func (export "qjs_ext_small_init") '
                    "(result i32) (call $twice) (i32.const 0)))",
    "an undefined address": "(module" + IMPORTS + '(import "GOT.mem" "none" (global i32))' + INIT + ")",
    "a start that loops": "(module" + IMPORTS + INIT + "(func $s (loop (br 0))) (start $s))",
    "a start that writes elsewhere": "(module" + IMPORTS + INIT + "(func $s (i32.store (i32.const 0) (i32.const 1))) "
                                     '(start $s) (data (global.get $data) "abcd"))',
    "passive data": "(module" + IMPORTS + INIT + '(data "x"))',
    "a start with an argument": "(module" + IMPORTS + INIT + '(func $s (param i32)) (start $s))',
}


def merge_tests(wasm, work):
    package = wasm.parent / "extensions"
    sides = [package / name / f"{name}.so" for name in SIDES] + [work / "copy.wasm"]
    made = run("wat2wasm", ROOT / "guest" / "js" / "copy.wat", "-o", sides[-1])
    check("copy.wat is well-formed", made.returncode == 0, made.stderr)
    missing = [f"--missing={name}" for name in MISSING]
    first, second = work / "m1.wasm", work / "m2.wasm"
    for out in (first, second):
        result = run(sys.executable, MERGE, *missing, wasm, *sides, out)
        check("merge accepts the pinned files", result.returncode == 0, result.stderr)
    check("merge gives the same bytes twice", first.read_bytes() == second.read_bytes())
    check("merged module is valid", run("wasm-validate", first).returncode == 0)
    names = lambda file: set(re.findall(r'-> "(\S+)"', run("wasm-objdump", "-x", "-j", "Export", file).stdout))
    check("merge adds the four inits and nothing else", names(first) - names(wasm) ==
          {f"qjs_ext_{name}_init" for name in (*SIDES, "copy")} and names(wasm) <= names(first), str(names(first) - names(wasm)))
    imports = lambda file: sorted(re.findall(r"<- (\S+)", run("wasm-objdump", "-x", "-j", "Import", file).stdout))
    check("merge adds no import", imports(first) == imports(wasm))
    refuses("merge refuses a missing function", MERGE, *missing[1:], wasm, *sides, second)
    refuses("merge refuses a name that nobody misses", MERGE, *missing, "--missing=nobody", wasm, *sides, second)
    (work / "text.wasm").write_text("not wasm")
    refuses("merge refuses what is no wasm", MERGE, wasm, work / "text.wasm", second)
    for cut in (9, 5000, 300000):
        (work / "cut.so").write_bytes(sides[0].read_bytes()[:cut])
        refuses(f"merge refuses a side module of {cut} bytes", MERGE, *missing, wasm, work / "cut.so", *sides[1:], second)

    main = assemble(work, "main", MAIN)
    small = run(sys.executable, MERGE, main, assemble(work, "side", SIDE), work / "small.wasm")
    check("merge links a small module", small.returncode == 0, small.stderr)
    check("small module is valid", run("wasm-validate", work / "small.wasm").returncode == 0)
    ran = run("wasm-interp", "--host-print", "--dummy-import-func", "--run-all-exports", work / "small.wasm").stdout
    check("the linked functions, data and pointers are the right ones", "qjs_ext_small_init() => i32:1219" in ran, ran)
    dump = run("wasm-objdump", "-d", work / "small.wasm").stdout
    check("merge leaves unused functions out", "i64.const" not in dump)
    for name, text in BAD_SIDES.items():
        refuses(f"merge refuses {name}", MERGE, main, assemble(work, "bad", text), second)
    return first


def patch_tests(wasm, work):
    first, second = work / "1.wasm", work / "2.wasm"
    for out in (first, second):
        result = run(sys.executable, PATCH, wasm, out)
        check("patch accepts the pinned wasm", result.returncode == 0, result.stderr)
    check("patch gives the same bytes twice", first.read_bytes() == second.read_bytes())
    check("patch changes the module", first.read_bytes() != wasm.read_bytes())
    check("patched module is valid", run("wasm-validate", first).returncode == 0)
    (work / "none.wasm").write_bytes(b"\0asm\x01\0\0\0\x0a\x04\x01\x02\x00\x0b")
    refuses("patch refuses a module without the function", PATCH, work / "none.wasm", second)
    (work / "text.wasm").write_text("not wasm")
    refuses("patch refuses what is no wasm", PATCH, work / "text.wasm", second)
    return first


BREAKS = {
    "no DEFINE_LOAD": ("DEFINE_LOAD(name, t1, t2, t3)", "DEFINE_LOAD(name, t1, t2, t3, t4)"),
    "no indirect-call macro": ("#define CALL_INDIRECT(table, t, ft, x, ...)", "#define CALL_SOMEHOW(table, t, ft, x, ...)"),
    "a table that changes": ("static void init_tables(", "static void touch(void) {\n  funcref_table_set(0, 0);\n}\nstatic void init_tables("),
    "another first line": ("/* Automatically generated by wasm2c */", "/* by hand */"),
    "no generated header": ('#include "quickjs.h"', '#include <quickjs.h>'),
    "an element of another shape": ("  {0, (wasm_rt_function_ptr_t)&w2c_f", "  {0, (void*)&w2c_f"),
}


def translate_tests(wasm, work):
    plain = work / "quickjs.c"
    made = run("wasm2c", wasm, "-n", "quickjs", "-o", plain)
    check("wasm2c accepts the patched module", made.returncode == 0, made.stderr)
    text = plain.read_text()
    for base in ("r15", "x28", "portable"):
        out = work / f"{base}.c"
        result = run(sys.executable, TRANSLATE, "--engine=js", f"--base={base}", plain, out)
        check(f"translate --base={base}", result.returncode == 0, result.stderr)
        made = out.read_text() if out.exists() else ""
        place = "(mem->data + addr)" if base == "portable" else "(cl_base + addr)"
        check(f"{base}: loads and stores go through the base", made.count(place) == 2, str(made.count(place)))
        check(f"{base}: register is declared" if base != "portable" else "portable: no register",
              (f'register u8* cl_base __asm__("{base}")' in made) == (base != "portable"))
    for name, (old, new) in BREAKS.items():
        broken = work / "broken.c"
        check(f"pattern for '{name}' is in wasm2c's output", old in text)
        broken.write_text(text.replace(old, new, -1 if old.startswith("DEFINE") else 1))
        refuses(f"translate refuses {name}", TRANSLATE, "--engine=js", "--base=r15", broken, work / "out.c")
    refuses("translate refuses an unknown base", TRANSLATE, "--engine=js", "--base=rax", plain, work / "out.c")
    refuses("translate refuses no files", TRANSLATE, "--engine=js")
    refuses("translate refuses an engine that it does not know", TRANSLATE, "--engine=none", plain, work / "out.c")


# what the translation of Python needs of a module, in small
REACTOR = """(module
  (import "cloche" "clock" (func $clock (param i32) (result i64)))
  (memory (export "memory") 2)
  (global $sp (mut i32) (i32.const 65536))
  (export "__stack_pointer" (global $sp))
  (type $unary (func (param i32) (result i32)))
  (table 2 2 funcref)
  (elem (i32.const 1) $next)
  (func $next (param i32) (result i32) (i32.add (i32.load8_u offset=65536 (local.get 0)) (i32.const 1)))
  (func (export "_initialize") (i32.store (i32.const 8) (i32.wrap_i64 (call $clock (i32.const 1)))))
  (func (export "run") (param i32) (result i32) (call_indirect (type $unary) (local.get 0) (i32.const 1)))
  (data (i32.const 65536) "*+,"))"""


def split_tests(work):
    plain = work / "python.c"
    made = run("wasm2c", assemble(work, "reactor", REACTOR), "-n", "python", "-o", plain)
    check("wasm2c accepts the reactor", made.returncode == 0, made.stderr)
    for base in ("r15", "portable"):
        parts = work / f"parts-{base}"
        result = run(sys.executable, TRANSLATE, "--engine=python", "--skip=dispatch", f"--base={base}", plain, parts)
        check(f"python: translate --base={base}", result.returncode == 0, result.stderr)
        names = sorted(file.name for file in parts.glob("*"))
        check("python: the C comes in parts", names == ["common.h", "data.S", "data0.bin", "init.c", "part0.c", "part1.c"], str(names))
        check("python: the data stands as it is", (parts / "data0.bin").read_bytes() == b"*+,")
        (parts / "python.h").write_text((work / "python.h").read_text())
        flags = ["-fPIC", "-Werror=implicit-function-declaration", "-w"]
        for name in ("init.c", "part0.c", "part1.c", "data.S"):
            built = subprocess.run(["gcc", "-O1", *flags, "-c", name], cwd=parts, capture_output=True, text=True, check=False)
            check(f"python: {name} compiles ({base})", built.returncode == 0, built.stderr)
        joined = subprocess.run(["gcc", "-r", "-nostdlib", "-o", "all.o", "init.o", "part0.o", "part1.o", "data.o"], cwd=parts,
                                capture_output=True, text=True, check=False)
        missing = run("nm", "-u", parts / "all.o").stdout.split()
        check("python: the parts need the runtime and the host alone", joined.returncode == 0 and not
              [name for name in missing if "wasm_rt" not in name and name not in ("U", "Z_clocheZ_clock", "memcpy", "_GLOBAL_OFFSET_TABLE_",
                                                                                  "__assert_fail")], str(missing))
    refuses("python: translate refuses a module without CPython's interpreter", TRANSLATE, "--engine=python", plain, work / "none")
    far = REACTOR.replace("offset=65536", f"offset={1 << 26}")
    run("wasm2c", assemble(work, "far", far), "-n", "python", "-o", plain)
    refuses("python: translate refuses an offset beyond the guard", TRANSLATE, "--engine=python", "--skip=dispatch", plain, work / "far")
    grown = REACTOR.replace("(table 2 2 funcref)", "(table $t 2 9 funcref)").replace(
        '(func (export "_initialize")', '(func (export "grow") (drop (table.grow $t (ref.null func) (i32.const 1)))) (func (export "_initialize")')
    run("wasm2c", assemble(work, "grown", grown), "-n", "python", "-o", plain)
    refuses("python: translate refuses a table that grows", TRANSLATE, "--engine=python", "--skip=dispatch", plain, work / "grown")


LIST = """# a comment
deb [signed-by=/k.gpg] http://mirror/debian trixie main contrib
deb http://mirror/debian trixie-backports main
deb http://elsewhere/tool stable main
"""
STANZAS = """Types: deb
# moved
URIs: http://mirror/debian
Suites: trixie trixie-updates other
Components: main contrib
Signed-By: /k.gpg

Types: deb
URIs: http://elsewhere/tool
Suites: stable
Components: main
"""


def sources_tests(work):
    sys.path[:0] = [str(ROOT / "guest"), str(ROOT / "guest" / "python")]
    import sources
    folder = work / "apt"
    (folder / "sources.list.d").mkdir(parents=True)
    (folder / "sources.list").write_text(LIST)
    (folder / "sources.list.d" / "a.sources").write_text(STANZAS)
    sources.release = lambda: "trixie"
    lines, stanzas = (text for _, text in sources.archives(folder))
    check("sources: of the machine's lists those of its release", lines == "deb-src [signed-by=/k.gpg] http://mirror/debian trixie main\n", lines)
    check("sources: of the machine's stanzas likewise", stanzas == "Types: deb-src\nURIs: http://mirror/debian\nSuites: trixie trixie-updates\n"
          "Components: main\nSigned-By: /k.gpg\n", stanzas)

    kept = work / "kept"
    kept.mkdir()
    for name in sources.PACKAGES:
        data = name.encode()
        (kept / f"{name}.tar").write_bytes(data)
        (kept / f"{name}.dsc").write_text(f"Source: {name}\nVersion: 1-2\nChecksums-Sha256:\n {hashlib.sha256(data).hexdigest()} 7 {name}.tar\n")
    found = sources.check(kept)
    check("sources: what is kept is known by name and version", [(name, version) for name, (_, version) in found.items()] ==
          [(name, "1-2") for name in sources.PACKAGES], str(found))
    record = sources.record(found)
    check("sources: the record has a hash for each file", record.count("\n") == 2 * len(sources.PACKAGES) and
          f"zlib 1-2 {hashlib.sha256(b'zlib').hexdigest()} zlib.tar\n" in record, record)

    def stops(name):
        try:
            sources.check(kept)
            check(name, False, "taken")
        except SystemExit as end:
            check(name, isinstance(end.code, str), repr(end.code))

    (kept / "zlib.tar").write_bytes(b"other")
    stops("sources: a file that its .dsc does not name is refused")
    (kept / "zlib.tar").unlink()
    stops("sources: a missing file is refused")
    (kept / "zlib.dsc").unlink()
    stops("sources: a missing package is refused")


def main():
    wasm = pathlib.Path(sys.argv[1]) / "npm-js" / "node_modules" / "quickjs-wasi" / "quickjs.wasm"
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        translate_tests(patch_tests(merge_tests(wasm, work), work), work)
        split_tests(work)
        sources_tests(work)
    print(f"{results['passed']} passed, {results['failed']} failed, 0 skipped")
    sys.exit(results["failed"] > 0)


if __name__ == "__main__":
    main()
