#!/usr/bin/env python3
"""Makes the Python engine: Debian's sources -> python.wasm -> C -> an object. What a stage makes is kept by the hash of
all that decides it, so that only what a change touches is made again.

usage: build.py --cc CC --base BASE --out DIR [--flag FLAG ...]

DIR gets
  python.wasm     a reactor: CPython, SQLite and guest/python/*.c; imports from the module "cloche" alone
  python.h, python.o             its C interface (wasm2c's) and its functions
  python_init.o   what brings it to life, with its data: for the program that makes images
  engine.id       64 hex digits: the hash of python.wasm; images are bound to it
  stdlib.pack     the standard library, as the guest's files have it (pack.py), with .py and .pyc
  sources.txt     the source packages it was made of

The stages: libpython (libpython.py; minutes), the link (seconds), the translation, and an object for each part of the
C, which a change of guest/python/*.c leaves good if the part does not depend on it: our own code and data are linked
last, at addresses that move nothing else.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from engine_cache import alone, cache_dir, digest, fetch, keep, output, run, scratch_beside, settle, stop  # noqa: E402
from own_segment import own_segment  # noqa: E402
from progress import Progress  # noqa: E402
import libpython  # noqa: E402
import sources  # noqa: E402

GUEST = HERE.parent
TRANSLATION = [GUEST / name for name in ("translate.py", "translate_c.py", "translate_python.py", "split_c.py")]
PRODUCTS = ["python.wasm", "python.h", "python.o", "python_init.o", "engine.id", "stdlib.pack"]
STEPS = [("linking python.wasm", 4), ("translating it to C", 18), ("compiling the C", 85)]
OLD = 30 * 86400  # seconds after which an unused object of a part leaves the cache, and what a killed build left

STACK = 4 << 20  # bytes; below the data, so that what overflows it goes below address 0 and traps
WARNINGS = ["-Wall", "-Wextra", "-Wshadow", "-Wno-unused-parameter", "-Wno-missing-field-initializers"]


def guest_sources():
    return sorted([*HERE.glob("*.c"), *HERE.glob("*.h")])


def get_libpython(tools, out, progress, record):
    """The folder of libpython.py's products: in the cache, or, where there is none, below `out`."""
    name = "python-lib-" + libpython.key(tools, record())
    for store in (cache_dir() / name, out / name):
        if store.is_dir():
            return store
    progress.step("fetching the sources")
    packages = sources.get(out / "sources")
    text = sources.record(packages)
    name = "python-lib-" + libpython.key(tools, text)
    with tempfile.TemporaryDirectory(prefix="cloche-python-") as scratch:
        work = pathlib.Path(scratch) / "w"
        work.mkdir()
        try:
            fresh, cached = scratch_beside(cache_dir()), True
        except OSError:
            fresh, cached = scratch_beside(out), False
        libpython.build(tools, packages, text, work, out / "libpython.log", progress, fresh)
        fresh.chmod(0o755)
        if cached:
            settle(fresh, name)
            return cache_dir() / name
        fresh.rename(out / name)
        return out / name


class Link:
    """Our own C, compiled and linked with libpython into python.wasm."""

    def __init__(self, tools, lib, work):
        self.tools, self.lib, self.work = tools, lib, work
        self.flags = [*libpython.TARGET, f"--sysroot={lib}/sysroot",
                      f"-ffile-prefix-map={lib}=.", f"-ffile-prefix-map={HERE}=."]

    def compile(self, file):
        """An object whose data has a segment of its own, which the linker puts behind all other data."""
        made = self.work / (file.stem + ".o")
        include = self.lib / "include"
        run(self.tools.clang, *self.flags, *WARNINGS, "-O2", "-fwrapv", "-DNDEBUG", f"-I{HERE}", f"-isystem{include}",
            f"-isystem{include}/python3.11", f"-isystem{include}/python3.11/internal", "-c", file, "-o", made)
        made.write_bytes(own_segment(made.read_bytes()))
        return made

    def bulk(self, file):
        made = self.work / (file.stem + ".o")
        run(self.tools.clang, *self.flags, "-mbulk-memory", "-O2", "-fno-builtin", "-c", file, "-o", made)
        return made

    def first(self):
        """The first of all zeroed data, at a multiple of 64 KiB: where our own data before it ends does not matter."""
        file = self.work / "first.c"
        file.write_text("__attribute__((used, aligned(65536))) char cl_first_of_bss[16];\n", encoding="ascii")
        return self.bulk(file)

    def link(self, target):
        own = [self.compile(file) for file in sorted(HERE.glob("*.c")) if file.name != "mem.c"]
        system, lib = self.lib / "sysroot" / "lib" / "wasm32-wasi", self.lib / "lib"
        emulated = [system / f"libwasi-emulated-{name}.a" for name in ("signal", "getpid", "process-clocks")]
        run(self.tools.linker, system / "crt1-reactor.o", self.first(), self.bulk(HERE / "mem.c"),
            "--whole-archive", lib / "libpython3.11.a", "--no-whole-archive",
            *[lib / name for name in ("libmpdec.a", "libexpat.a", "libz.a", "libbz2.a", "sqlite3.o")],
            *emulated, system / "libc.a", self.tools.builtins, *own,
            "--entry=_initialize", "--export=__stack_pointer", "-z", f"stack-size={STACK}", "--stack-first", "-O3",
            "--strip-debug", "-o", target)
        imports = output("wasm-objdump", "-x", "-j", "Import", target).decode()
        foreign = [name for name in re.findall(r"<- (\S+)", imports) if not name.startswith("cloche.")]
        if foreign:
            stop("python.wasm must import from the module \"cloche\" alone, not " + ", ".join(foreign))


class Compile:
    """The C of the translation, compiled part by part, as many at a time as there are processors."""

    def __init__(self, args, work):
        self.args, self.work = args, work
        self.version = output(args.cc, "--version")

    def part(self, file):
        common = (self.work / "common.h").read_bytes()
        own = [data.read_bytes() for data in sorted(self.work.glob("data*.bin"))] if file.name == "data.S" else []
        header = (self.work / "python.h").read_bytes() if file.name in ("init.c", "part0.c") else b""
        name = "python-part-" + digest(self.version, *self.args.flag, common, header, file.read_bytes(), *own)
        made = file.with_suffix(".o").name
        if fetch(name, [made], self.work):
            os.utime(cache_dir() / name)
        else:
            run(self.args.cc, *self.args.flag, "-c", file.name, "-o", made, cwd=self.work)
            keep(name, [made], self.work)
        return made

    def all(self):
        files = sorted([*self.work.glob("*.c"), self.work / "data.S"], key=lambda file: -file.stat().st_size)
        with concurrent.futures.ThreadPoolExecutor(libpython.jobs()) as pool:
            made = list(pool.map(self.part, files))
        parts = sorted((name for name in made if name.startswith("part")), key=lambda name: int(name[4:-2]))
        for target, objects in (("python.o", parts), ("python_init.o", ["init.o", "data.o"])):
            run(self.args.cc, "-r", "-nostdlib", "-o", target, *objects, cwd=self.work)


def forget_old():
    for store in [*cache_dir().glob("python-part-*"), *cache_dir().glob("tmp*")]:
        try:
            if store.stat().st_mtime < time.time() - OLD:
                shutil.rmtree(store, ignore_errors=True)
        except OSError:
            pass  # another build removes it at this moment


def build(args, tools, lib, progress, out):
    with tempfile.TemporaryDirectory(prefix="cloche-python-") as scratch:
        work = pathlib.Path(scratch)
        progress.step("linking python.wasm")
        (work / "link").mkdir()
        wasm = work / "python.wasm"
        Link(tools, lib, work / "link").link(wasm)
        progress.step("translating it to C")
        run("wasm2c", wasm, "-n", "python", "-o", work / "python.c")
        parts = work / "parts"
        run(sys.executable, GUEST / "translate.py", "--engine=python", f"--base={args.base}", work / "python.c", parts)
        shutil.copy(work / "python.h", parts)
        progress.step("compiling the C")
        Compile(args, parts).all()
        run(sys.executable, HERE / "pack.py", lib / "stdlib", work / "stdlib.pack")
        (work / "engine.id").write_text(digest(wasm.read_bytes()) + "\n", encoding="ascii")
        for name in PRODUCTS:
            shutil.copyfile(parts / name if (parts / name).is_file() else work / name, out / name)


def make(args, tools, out):
    record = lambda: sources.record(sources.get(out / "sources")) if sources.are_kept() else ""
    have = (cache_dir() / ("python-lib-" + libpython.key(tools, record()))).is_dir()
    progress = Progress(STEPS if have else [*libpython.STEPS, *STEPS])
    lib = get_libpython(tools, out, progress, record)
    scripts = [*TRANSLATION, *[HERE / name for name in ("own_segment.py", "pack.py", "build.py")]]
    scripts = [path.read_bytes() for path in scripts]
    guest = [part for path in guest_sources() for part in (path.name, path.read_bytes())]
    tool = [output(args.cc, "--version"), output("wasm2c", "--version")]
    name = "engine-" + digest(lib.name, *guest, *tool, args.base, *args.flag, *scripts)
    if not fetch(name, PRODUCTS, out):
        build(args, tools, lib, progress, out)
        keep(name, PRODUCTS, out)
        forget_old()
        progress.end()
    shutil.copyfile(lib / "sources.txt", out / "sources.txt")


def main():
    parser = argparse.ArgumentParser()
    for name in ("cc", "base", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--flag", action="append", default=[])
    args = parser.parse_args()
    out = pathlib.Path(args.out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    tools = libpython.Tools()
    with alone("python"):
        make(args, tools, out)


if __name__ == "__main__":
    main()
