#!/usr/bin/env python3
"""Installs a build below a scratch folder and uses it as an embedder would: pkg-config, a C program against the shared and
against the static library, what the shared library exports, what the program links.

usage: install.py BUILD_DIR        Ends with one line "N passed, N failed, N skipped"."""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM_LIBRARIES = 9  # the program starts fast: it may not grow libraries unseen
results = {"passed": 0, "failed": 0}


def check(name, fine, detail=""):
    results["passed" if fine else "failed"] += 1
    if not fine:
        print(f"FAIL {name}: {detail}")


def run(*command, **kwargs):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **kwargs)


def pkg_config(prefix, *args):
    env = dict(os.environ, PKG_CONFIG_PATH=str(next(prefix.rglob("pkgconfig"))), PKG_CONFIG_SYSROOT_DIR="")
    return run("pkg-config", f"--define-variable=prefix={prefix}", *args, "cloche", env=env).stdout.split()


def compile_and_run(name, prefix, work, flags, libs, env):
    program = work / name
    result = run("cc", "-Wall", "-Werror", ROOT / "examples" / "embed.c", "-o", program, *flags, *libs)
    check(f"{name}: compiles", result.returncode == 0, result.stderr)
    if result.returncode == 0:
        result = run(program, env=env)
        check(f"{name}: runs", result.returncode == 0 and result.stdout != "", result.stdout + result.stderr)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        prefix = work / "usr"
        result = run("cmake", "--install", build, "--prefix", prefix)
        check("installs", result.returncode == 0, result.stderr)
        library = next(prefix.rglob("libcloche.so"))
        env = dict(os.environ, LD_LIBRARY_PATH=str(library.parent))
        compile_and_run("shared", prefix, work, pkg_config(prefix, "--cflags"), pkg_config(prefix, "--libs"), env)
        static = [f"-I{prefix}/include", f"{library.parent}/libcloche.a", "-lsodium", "-lm"]
        compile_and_run("static", prefix, work, [], static, dict(os.environ))
        names = [line.split()[-1] for line in run("nm", "-D", "--defined-only", library).stdout.splitlines()]
        strange = [name for name in names if not name.startswith("cloche_")]
        check("the shared library exports cloche_ alone", not strange, ", ".join(strange[:10]))
        declared = (ROOT / "include" / "cloche.h").read_text().count("CLOCHE_API ") - 1  # its definition
        check("every declared function is exported", len(names) == declared, f"{len(names)} exported, {declared} declared")
        check("at most 50 functions", len(names) <= 50, str(len(names)))
        check("the library has a versioned name", (library.parent / "libcloche.so.0").is_symlink())
        result = run(prefix / "bin" / "cloche", "run", "-", input="6 * 7")
        check("the program runs", result.returncode == 0 and result.stdout.strip() == "42", result.stdout + result.stderr)
        linked = run("ldd", prefix / "bin" / "cloche").stdout.splitlines()
        check(f"the program loads at most {PROGRAM_LIBRARIES} libraries", len(linked) <= PROGRAM_LIBRARIES, "\n".join(linked))
        again = [path for path in prefix.rglob("*") if path.is_file()]
        texts = b"".join(path.read_bytes() for path in again if path.suffix in (".pc", ".h"))
        check("no path of the build in installed texts", str(ROOT).encode() not in texts)
    print(f"{results['passed']} passed, {results['failed']} failed, 0 skipped")
    sys.exit(results["failed"] > 0)


if __name__ == "__main__":
    main()
