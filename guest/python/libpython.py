"""CPython as a static library for wasm32-wasi, with SQLite, zlib and bzip2, and its standard library: the part of the
Python engine that is built from Debian's source packages and knows nothing of Cloche.

A finished folder holds
  sysroot/   wasi-libc, without the object that imports WASI's functions: the guest has its own (vfs.c and its like)
  include/   python3.11/ (with internal/), sqlite3.h
  lib/       libpython3.11.a with all modules in it, libmpdec.a, libexpat.a, libz.a, libbz2.a, sqlite3.o
  stdlib/    the standard library, /usr/lib/python3.11 of the guest: .py and, in __pycache__ beside them, their .pyc
  sources.txt  what it was made of

Debian's build takes most of an hour; this one leaves out what guests cannot have (shared modules, tests, sockets that
connect, threads, Tk). The same sources and tools give the same bytes wherever it is built.
"""
import ast
import os
import pathlib
import re
import shutil
import subprocess

from engine_cache import digest, output, stop

HERE = pathlib.Path(__file__).resolve().parent
HINT = "; `tools/deps.sh python` installs what the Python engine is built with"
# what every host of wasm has had since 2020; bulk memory only in mem.c: clang 14 crashes on errno with it
TARGET = ["--target=wasm32-wasi", "-mcpu=mvp", "-msign-ext", "-mmutable-globals", "-mnontrapping-fptoint"]
ZLIB = "adler32 compress crc32 deflate inffast inflate inftrees trees uncompr zutil".split()
BZIP2 = "blocksort huffman crctable randtable compress decompress bzlib".split()
SQLITE = ["-DSQLITE_OS_OTHER=1", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION", "-DSQLITE_OMIT_WAL",
          "-DSQLITE_TEMP_STORE=3", "-DSQLITE_ENABLE_FTS5", "-DSQLITE_ENABLE_RTREE", "-DSQLITE_ENABLE_MATH_FUNCTIONS",
          "-DSQLITE_ENABLE_COLUMN_METADATA", "-DSQLITE_ENABLE_DBSTAT_VTAB"]
# of the standard library: what needs a screen, a compiler or the network's certificates, and what tests it
LEFT_OUT = ["test", "tests", "idlelib", "idle_test", "tkinter", "turtledemo", "turtle.py", "ensurepip", "lib2to3",
            "__pycache__", "site-packages", "lib-dynload", "__phello__", "__phello__.foo.py"]
STEPS = [("fetching the sources", 3), ("unpacking the sources", 7), ("compiling zlib, bzip2 and SQLite", 14),
         ("configuring CPython", 44), ("compiling CPython", 49), ("compiling the standard library", 8)]


def jobs():
    return max(1, len(os.sched_getaffinity(0)))


class Tools:
    """The compiler and what goes with it; a missing one is a message that says what to install."""

    def __init__(self):
        self.clang = shutil.which("clang-14") or shutil.which("clang") or stop("clang is missing" + HINT)
        self.linker = self.program("wasm-ld", "lld")
        self.ar = self.program("llvm-ar", "llvm")
        self.ranlib = self.program("llvm-ranlib", "llvm")
        self.builtins = pathlib.Path(output(self.clang, *TARGET, "-print-libgcc-file-name").decode().strip())
        self.include, self.lib = pathlib.Path("/usr/include/wasm32-wasi"), pathlib.Path("/usr/lib/wasm32-wasi")
        if not self.builtins.is_file():
            stop(f"clang's runtime for wasm32 ({self.builtins}) is missing" + HINT)
        if not (self.include / "wasi" / "api.h").is_file() or not (self.lib / "libc.a").is_file():
            stop("wasi-libc is missing" + HINT)
        for tool in ("make", "tclsh", "dpkg-source"):
            if not shutil.which(tool):
                stop(f"{tool} is missing" + HINT)
        self.python = self.find_python()

    def program(self, name, package):
        """A tool of the same release as the compiler."""
        found = output(self.clang, f"-print-prog-name={name}").decode().strip()
        return shutil.which(found) or stop(f"{name} of {self.clang}'s release is missing (package {package})" + HINT)

    @staticmethod
    def find_python():
        """CPython's build runs its own release of CPython; Debian 12 has it."""
        for name in ("/usr/bin/python3.11", "python3.11", "python3"):
            path, test = shutil.which(name), "import sys; sys.exit(sys.version_info[:2] != (3, 11))"
            if path and subprocess.run([path, "-c", test], check=False).returncode == 0:
                return path
        return stop("the Python engine is CPython 3.11, which a python3.11 has to help to build; none is here" + HINT
                    + "\n  where the distribution has one (Debian 12); elsewhere python.org's or pyenv's does as well")

    def identity(self):
        """A hash of all of it that decides what is built."""
        files = sorted(path for top in (self.include, self.lib) for path in top.rglob("*") if path.is_file())
        return digest(output(self.clang, "--version"), output(self.python, "-c", "import sys; print(sys.version)"),
                      self.builtins.read_bytes(), *[part for path in files for part in (path, path.read_bytes())])


class Build:
    def __init__(self, tools, work, progress, log):
        self.tools, self.work, self.progress, self.log = tools, work, progress, log
        # no path of this machine in the product
        self.flags = [*TARGET, f"--sysroot={work}/sysroot", f"-ffile-prefix-map={work}=.", "-Wno-int-conversion"]

    def run(self, *command, cwd=None, **environment):
        env = {**os.environ, "LC_ALL": "C", "PYTHONHASHSEED": "0", **environment}
        with open(self.log, "ab") as log:
            result = subprocess.run([str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log, check=False)
        if result.returncode != 0:
            tail = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
            tail = "\n".join(tail)
            stop(f"{command[0]} failed with status {result.returncode}:\n{tail}\n(all of it: {self.log})")

    def unpack(self, sources):
        for package, (dsc, _) in sources.items():
            self.run("dpkg-source", "--no-check", "-x", dsc, self.work / package)

    def sysroot(self):
        shutil.copytree(self.tools.include, self.work / "sysroot" / "include", symlinks=False)
        shutil.copytree(self.tools.lib, self.work / "sysroot" / "lib" / "wasm32-wasi", symlinks=False)
        (self.work / "lib").mkdir()

    def library(self, name, source, files, headers):
        """A small library: into the sysroot, where CPython's configure looks, and among the products."""
        top = self.work / source
        names = [f"{file}.c" for file in files]
        self.run(self.tools.clang, *self.flags, "-O3", "-DHAVE_UNISTD_H", "-c", *names, cwd=top)
        self.run(self.tools.ar, "rcsD", self.work / "lib" / name, *[f"{file}.o" for file in files], cwd=top)
        shutil.copy(self.work / "lib" / name, self.work / "sysroot" / "lib" / "wasm32-wasi")
        for header in headers:
            shutil.copy(top / header, self.work / "sysroot" / "include")

    def sqlite(self):
        folder = self.work / "sqlite"
        folder.mkdir()
        self.run("../sqlite3/configure", "--disable-tcl", "--disable-readline", cwd=folder)
        self.run("make", "sqlite3.c", cwd=folder)
        self.run(self.tools.clang, *self.flags, "-O2", "-w", *SQLITE, "-c", "sqlite3.c",
                 "-o", self.work / "lib" / "sqlite3.o", cwd=folder)

    def edit(self, file, shape, new):
        path = self.work / "python3.11" / file
        text, count = re.subn(shape, new, path.read_text(encoding="utf-8"), flags=re.M)
        if count != 1:
            stop(f"{file}: expected one place like {shape!r}, found {count}")
        path.write_text(text, encoding="utf-8")

    def configure(self):
        # as deep as native CPython parses: the smaller figure is for the small stacks of browsers
        self.edit("Parser/parser.c", r"^(# *define MAXSTACK) 4000$", r"\1 6000")
        changes = self.work / "python3.11" / "debian" / "changelog"
        date = output("dpkg-parsechangelog", "-l", changes, "-S", "Timestamp").decode().strip()
        day = output("date", "-u", "-d", f"@{date}", "+%b %e %Y|%H:%M:%S").decode().strip().split("|")
        self.edit("Modules/getbuildinfo.c", r'\A', f'#define DATE "{day[0]}"\n#define TIME "{day[1]}"\n')
        folder, tools = self.work / "build", self.tools
        (folder / "Modules").mkdir(parents=True)
        shutil.copy(HERE / "Setup.local", folder / "Modules")
        flags = " ".join(self.flags)
        self.run("../python3.11/configure", "-C", "--host=wasm32-unknown-wasi", "--build=x86_64-pc-linux-gnu",
                 f"--with-build-python={tools.python}", "--with-ensurepip=no", "--disable-test-modules",
                 "--with-pymalloc", "--prefix=/usr", cwd=folder, CC=f"{tools.clang} {flags}", AR=tools.ar,
                 CPP=f"{tools.clang} {flags} -E", CXX=f"{tools.clang} {flags}", RANLIB=tools.ranlib,
                 LDSHARED=tools.linker, PKG_CONFIG_PATH="", PKG_CONFIG_LIBDIR=f"{self.work}/none",
                 CONFIG_SITE="../python3.11/Tools/wasm/config.site-wasm32-wasi", PYTHON_FOR_REGEN=tools.python,
                 # -fwrapv is Python's own, which a given OPT would drop; the recursion limit is the native one
                 OPT="-DNDEBUG -g0 -fwrapv -O3 -Wall", CFLAGS="-DPy_DEFAULT_RECURSION_LIMIT=1000",
                 ZLIB_CFLAGS=" ", ZLIB_LIBS="-lz", BZIP2_CFLAGS=" ", BZIP2_LIBS="-lbz2")

    def cpython(self):
        folder, include = self.work / "build", self.work / "include"
        self.run("make", f"-j{jobs()}", f"SQLITE_DIR={self.work}/sqlite", "libpython3.11.a", "pybuilddir.txt",
                 cwd=folder)
        for library in ("libpython3.11.a", "Modules/_decimal/libmpdec/libmpdec.a", "Modules/expat/libexpat.a"):
            shutil.copy(folder / library, self.work / "lib")
        shutil.copytree(self.work / "python3.11" / "Include", include / "python3.11")
        shutil.copy(folder / "pyconfig.h", include / "python3.11")
        shutil.copy(self.work / "sqlite" / "sqlite3.h", include)
        # the guest's own functions take the place of this object's, and the order of objects must not hang on that
        self.run(self.tools.ar, "dD", self.work / "sysroot" / "lib" / "wasm32-wasi" / "libc.a", "__wasilibc_real.o")

    def stdlib(self):
        lib = self.work / "stdlib"
        shutil.copytree(self.work / "python3.11" / "Lib", lib, ignore=shutil.ignore_patterns(*LEFT_OUT))
        build = self.work / "build"
        made = build / (build / "pybuilddir.txt").read_text(encoding="utf-8") / "_sysconfigdata__wasi_wasm32-wasi.py"
        text = made.read_text(encoding="utf-8").replace(str(self.work), "/build")
        # Debian's sysconfig looks for this name
        (lib / "_sysconfigdata__wasm32-wasi.py").write_text(text, encoding="utf-8")
        self.run(self.tools.python, "-m", "compileall", "-q", f"-j{jobs()}", "--invalidation-mode", "unchecked-hash",
                 "-s", lib, "-p", "/usr/lib/python3.11", lib)

    def all(self, sources):
        self.progress.step("unpacking the sources")
        self.unpack(sources)
        self.sysroot()
        self.progress.step("compiling zlib, bzip2 and SQLite")
        self.library("libz.a", "zlib", ZLIB, ["zlib.h", "zconf.h"])
        self.library("libbz2.a", "bzip2", BZIP2, ["bzlib.h"])
        self.sqlite()
        self.progress.step("configuring CPython")
        self.configure()
        self.progress.step("compiling CPython")
        self.cpython()
        self.progress.step("compiling the standard library")
        self.stdlib()


def key(tools, record):
    # what this file does, not how it is written
    recipe = ast.dump(ast.parse((HERE / "libpython.py").read_text(encoding="utf-8")))
    return digest(tools.identity(), record, recipe, (HERE / "Setup.local").read_bytes())


PRODUCTS = ["sysroot", "include", "lib", "stdlib", "sources.txt"]


def build(tools, sources, record, work, log, progress, out):
    """Builds in `work`; the products are moved to `out`."""
    log.unlink(missing_ok=True)
    Build(tools, work, progress, log).all(sources)
    (work / "sources.txt").write_text(record, encoding="utf-8")
    for product in PRODUCTS:
        shutil.move(work / product, out / product)
