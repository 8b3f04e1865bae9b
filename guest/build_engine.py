#!/usr/bin/env python3
"""Makes an engine's object from its wasm: wasm2c, translate.py, the compiler. Cached by content, so that only the first
build on a machine pays for it.

usage: build_engine.py --wasm IN.wasm --sha256 HEX --cc CC --base BASE --out DIR [--flag FLAG ...]

DIR gets quickjs.h, quickjs.o and engine.id (64 hex digits: the hash of the wasm and of the step that patches it, which
images are bound to). The cache is $CLOCHE_CACHE, else $XDG_CACHE_HOME/cloche, else ~/.cache/cloche; what
it holds is named by the hash of all inputs, the compiler's version among them. A cache that cannot be written is no error.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
STEPS = [HERE / "patch_wasm.py", HERE / "translate.py"]
PRODUCTS = ["quickjs.h", "quickjs.o", "engine.id"]


def run(*command, **kwargs):
    result = subprocess.run([str(part) for part in command], **kwargs)
    if result.returncode != 0:
        sys.exit(f"build_engine.py: {command[0]} failed with status {result.returncode}")
    return result


def digest(*parts):
    state = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        state.update(len(data).to_bytes(8, "little") + data)
    return state.hexdigest()


def cache_dir():
    if os.environ.get("CLOCHE_CACHE"):
        return pathlib.Path(os.environ["CLOCHE_CACHE"])
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", "/nonexistent"), ".cache")
    return pathlib.Path(base) / "cloche"


def build(args, wasm, out):
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        (work / "in.wasm").write_bytes(wasm)
        run(sys.executable, HERE / "patch_wasm.py", work / "in.wasm", work / "patched.wasm")
        run("wasm2c", work / "patched.wasm", "-n", "quickjs", "-o", work / "quickjs.c")
        os.rename(work / "quickjs.c", work / "plain.c")
        run(sys.executable, HERE / "translate.py", f"--base={args.base}", work / "plain.c", work / "quickjs.c")
        run(args.cc, *args.flag, "-c", "quickjs.c", "-o", "quickjs.o", cwd=work)
        identity = digest(wasm, *[step.read_bytes() for step in STEPS[:1]])
        (work / "engine.id").write_text(identity + "\n", encoding="ascii")
        for name in PRODUCTS:
            shutil.copyfile(work / name, out / name)


def main():
    parser = argparse.ArgumentParser()
    for name in ("wasm", "sha256", "cc", "base", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--flag", action="append", default=[])
    args = parser.parse_args()
    wasm = pathlib.Path(args.wasm).read_bytes()
    if hashlib.sha256(wasm).hexdigest() != args.sha256:
        sys.exit(f"build_engine.py: {args.wasm} is not the pinned file: its sha256 differs")
    version = run(args.cc, "--version", stdout=subprocess.PIPE).stdout
    tool = run("wasm2c", "--version", stdout=subprocess.PIPE).stdout
    key = digest(wasm, version, tool, args.base, *args.flag, *[step.read_bytes() for step in STEPS],
                 pathlib.Path(__file__).read_bytes())
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    store = cache_dir() / f"engine-{key}"
    if all((store / name).is_file() for name in PRODUCTS):
        for name in PRODUCTS:
            shutil.copyfile(store / name, out / name)
        return
    build(args, wasm, out)
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        fresh = pathlib.Path(tempfile.mkdtemp(dir=store.parent))
        for name in PRODUCTS:
            shutil.copyfile(out / name, fresh / name)
        os.rename(fresh, store)
    except OSError:
        pass  # another build was faster, or there is no room: the products stand in `out` all the same


if __name__ == "__main__":
    main()
