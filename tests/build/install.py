#!/usr/bin/env python3
"""Installs a build below a scratch folder and uses it as an embedder would: pkg-config, a CMake project, a C program against
the shared and against the static library, what the shared library exports, what the program links.

usage: install.py BUILD_DIR        Ends with one line "N passed, N failed, N skipped"."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM_LIBRARIES = {"libuv", "libjansson", "libsodium", "libzstd", "libedit", "libm", "libc"}  # it starts fast: it may not grow them unseen
FILES = ["bin/cloche", "bin/jsrunner", "bin/pyrunner", "libexec/cloche/cloche-worker", "include/cloche.h", "include/cloche_pool.h", "share/man/man1/cloche.1", "share/bash-completion/completions/cloche",
         "share/zsh/site-functions/_cloche", "share/fish/vendor_completions.d/cloche.fish", "share/doc/cloche/LICENSE"]
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(scratch LANGUAGES C)
find_package(cloche %(version)s REQUIRED)
foreach(kind cloche static)
  add_executable(with_${kind} %(source)s)
  target_link_libraries(with_${kind} PRIVATE cloche::${kind})
endforeach()
foreach(kind pool pool_static)
  add_executable(with_${kind} %(pool)s)
  target_link_libraries(with_${kind} PRIVATE cloche::${kind})
endforeach()
"""
results = {"passed": 0, "failed": 0, "skipped": 0}


def check(name, fine, detail=""):
    results["passed" if fine else "failed"] += 1
    if not fine:
        print(f"FAIL {name}: {detail}")


def run(*command, **kwargs):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **kwargs)


def pkg_config(prefix, package, *args):
    env = dict(os.environ, PKG_CONFIG_PATH=str(next(prefix.rglob("pkgconfig"))), PKG_CONFIG_SYSROOT_DIR="")
    return run("pkg-config", f"--define-variable=prefix={prefix}", *args, package, env=env).stdout.split()


def compile_and_run(name, prefix, work, flags, libs, env, source="embed"):
    """The program goes where programs are installed: a worker is found by that."""
    program = prefix / "bin" / f"try-{name}"
    result = run("cc", "-Wall", "-Werror", ROOT / "examples" / f"{source}.c", "-o", program, *flags, *libs)
    check(f"{name}: compiles", result.returncode == 0, result.stderr)
    if result.returncode == 0:
        result = run(program, env=env)
        check(f"{name}: runs", result.returncode == 0 and result.stdout != "", result.stdout + result.stderr)
        program.unlink()


def build_with_cmake(prefix, work):
    """A project that knows nothing but find_package; it is tried again after the prefix has moved."""
    moved = work / "moved"
    prefix.rename(moved)
    project = work / "project"
    project.mkdir()
    version = re.search(r'CLOCHE_VERSION "(.*)"', (ROOT / "include" / "cloche.h").read_text()).group(1)
    (project / "CMakeLists.txt").write_text(PROJECT % {"version": version, "source": ROOT / "examples" / "embed.c", "pool": ROOT / "examples" / "pool.c"})
    out = project / "out"
    done = run("cmake", "-S", project, "-B", out, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={moved}")
    check("CMake finds the package", done.returncode == 0, done.stderr)
    done = run("ninja", "-C", out)
    check("a CMake project builds", done.returncode == 0, done.stdout)
    for kind in "cloche", "static":
        done = run(out / f"with_{kind}")
        check(f"cloche::{kind} runs", done.returncode == 0 and "degrees" in done.stdout, done.stdout + done.stderr)
    for kind in "pool", "pool_static":
        program = moved / "bin" / f"with_{kind}"
        (out / f"with_{kind}").rename(program)
        done = run(program)
        check(f"cloche::{kind} runs", done.returncode == 0 and "degrees" in done.stdout, done.stdout + done.stderr)
        program.unlink()
    needed = run("readelf", "-d", out / "with_static").stdout
    check("cloche::static is linked in", "libcloche" not in needed and "libcloche.so.0" in run("readelf", "-d", out / "with_cloche").stdout)
    (project / "CMakeLists.txt").write_text(PROJECT % {"version": "99.0", "source": "none.c", "pool": "none.c"})
    done = run("cmake", "-S", project, "-B", work / "none", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={moved}")
    check("CMake refuses another version", done.returncode != 0 and "99.0" in done.stderr, done.stderr)
    moved.rename(prefix)


def check_missing_worker(prefix):
    worker = prefix / "libexec" / "cloche" / "cloche-worker"
    worker.rename(worker.with_suffix(".away"))
    done = run(prefix / "bin" / "cloche", "run", "-e", "1")
    check("a missing worker is an error that says where it was looked for", done.returncode == 5 and done.stdout == "" and
          "no cloche-worker beside this program, in ../libexec/cloche" in done.stderr and "--no-jail" in done.stderr, done.stdout + done.stderr)
    done = run(prefix / "bin" / "cloche", "run", "--no-jail", "-e", "1")
    check("without the worker --no-jail runs", done.stdout == "1\n", done.stdout + done.stderr)
    worker.with_suffix(".away").rename(worker)


def check_program(prefix):
    for program in prefix / "bin" / "cloche", prefix / "libexec" / "cloche" / "cloche-worker":
        check(f"{program.name} is hardened", "NOW PIE" in run("readelf", "-d", program).stdout and
              "GNU_RELRO" in run("readelf", "-lW", program).stdout)
    program = prefix / "bin" / "cloche"
    needed = set(re.findall(r"Shared library: \[(\w+)\.so", run("readelf", "-d", program).stdout))
    sanitizers = {name for name in needed if name in ("libasan", "libubsan", "libtsan")}
    check("the program needs no other libraries", needed - sanitizers == PROGRAM_LIBRARIES, ", ".join(sorted(needed)))
    page = run("sh", "-c", 'command -v groff >/dev/null || exit 77; groff -man -Tutf8 -ww "$0"', prefix / "share/man/man1/cloche.1")
    if page.returncode == 77:
        results["skipped"] += 1
    else:
        check("the man page is sound", page.returncode == 0 and not page.stderr, page.stderr)


def check_pool_library(folder):
    names = [line.split()[-1] for line in run("nm", "-D", "--defined-only", folder / "libcloche-pool.so").stdout.splitlines()]
    header = (ROOT / "include" / "cloche_pool.h").read_text()
    declared = re.findall(r"^CLOCHE_API [^;]*?(cloche_\w+)\(", header, re.M)
    check("the pool's library exports what its header declares", sorted(names) == sorted(declared), f"{names}, {declared}")
    check("the pool's library needs the other one", "libcloche.so.0" in run("readelf", "-d", folder / "libcloche-pool.so").stdout)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        prefix = work / "usr"
        result = run("cmake", "--install", build, "--prefix", prefix)
        check("installs", result.returncode == 0, result.stderr)
        library = next(prefix.rglob("libcloche.so"))
        env = dict(os.environ, LD_LIBRARY_PATH=str(library.parent))
        compile_and_run("shared", prefix, work, pkg_config(prefix, "cloche", "--cflags"), pkg_config(prefix, "cloche", "--libs"), env)
        compile_and_run("pool", prefix, work, pkg_config(prefix, "cloche-pool", "--cflags"), pkg_config(prefix, "cloche-pool", "--libs"), env, "pool")
        static = [f"-I{prefix}/include", f"{library.parent}/libcloche.a", "-lsodium", "-lm"]
        compile_and_run("static", prefix, work, [], static, dict(os.environ))
        compile_and_run("static pool", prefix, work, [], [static[0], f"{library.parent}/libcloche-pool.a", *static[1:], "-lzstd", "-ljansson"], dict(os.environ), "pool")
        symbols = [line.split() for line in run("nm", "-D", "--defined-only", library).stdout.splitlines()]
        names = [symbol[-1] for symbol in symbols if symbol[-1] != "cloche_core"]  # that is for libcloche-pool alone
        strange = [name for name in names if not name.startswith("cloche_")]
        check("the shared library exports cloche_ alone", not strange, ", ".join(strange[:10]))
        declared = (ROOT / "include" / "cloche.h").read_text().count("CLOCHE_API ") - 1  # its definition
        check("every declared function is exported", len(names) == declared, f"{len(names)} exported, {declared} declared")
        check("at most 50 functions", len(names) <= 50, str(len(names)))
        check_pool_library(library.parent)
        check("the library has a versioned name", (library.parent / "libcloche.so.0").is_symlink())
        result = run(prefix / "bin" / "cloche", "run", "--no-jail", "-", input="6 * 7")
        check("the program runs in its own process", result.returncode == 0 and result.stdout.strip() == "42", result.stdout + result.stderr)
        result = run(prefix / "bin" / "cloche", "run", "-", input="6 * 7")
        check("the program runs", result.returncode == 0 and result.stdout.strip() == "42", result.stdout + result.stderr)
        for name in FILES:
            check(f"installs {name}", (prefix / name).is_file() and (prefix / name).stat().st_size > 0)
        check_missing_worker(prefix)
        check_program(prefix)
        build_with_cmake(prefix, work)
        again = [path for path in prefix.rglob("*") if path.is_file()]
        texts = b"".join(path.read_bytes() for path in again if path.suffix in (".pc", ".h", ".cmake", ".1", ".fish"))
        check("no path of the build in installed texts", str(ROOT).encode() not in texts)
    print(f"{results['passed']} passed, {results['failed']} failed, {results['skipped']} skipped")
    sys.exit(results["failed"] > 0)


if __name__ == "__main__":
    main()
