#!/usr/bin/env python3
"""Makes an engine's object from its wasm: merge_wasm.py, patch_wasm.py, wasm2c, translate.py, the compiler. Cached by
content, so that only the first build on a machine pays for it.

usage: build_engine.py --wasm IN.wasm --sha256 FILE [--side SIDE.so --side-sha256 FILE ...] [--own SIDE.wat ...]
                       [--missing NAME ...] --cc CC --base BASE --out DIR [--flag FLAG ...]

The files of sha256 are as sha256sum writes them; --own names side modules of ours, as text. DIR gets quickjs.wasm (merged and patched: what every host of this
engine runs), quickjs.h, quickjs.o and engine.id (64 hex digits: the hash of all that decides what the guest's memory
means, the wasm files and the steps that merge and patch them; images are bound to it). What the cache (engine_cache.py)
holds is named by the hash of all inputs, the compiler's version among them.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import sys
import tempfile

from engine_cache import digest, fetch, keep, output, run

HERE = pathlib.Path(__file__).resolve().parent
WASM_STEPS = [HERE / "merge_wasm.py", HERE / "patch_wasm.py"]
STEPS = [*WASM_STEPS, *[HERE / name for name in ("translate.py", "translate_c.py", "translate_js.py")]]
PRODUCTS = ["quickjs.wasm", "quickjs.h", "quickjs.o", "engine.id"]


def pinned(path, hash_file):
    """The bytes of a file that must have the hash it is pinned to."""
    data = pathlib.Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != pathlib.Path(hash_file).read_text(encoding="ascii").split()[0]:
        sys.exit(f"build_engine.py: {path} is not the pinned file: its sha256 differs")
    return data


def own_bytes(args):
    return [pathlib.Path(path).read_bytes() for path in args.own]


def build(args, inputs, out):
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        files = [work / f"{number}.wasm" for number in range(len(inputs))]
        for file, data in zip(files, inputs):
            file.write_bytes(data)
        for number, text in enumerate(args.own):
            files.append(work / f"own{number}.wasm")
            run("wat2wasm", text, "-o", files[-1])
        missing = [f"--missing={name}" for name in args.missing]
        run(sys.executable, HERE / "merge_wasm.py", *missing, *files, work / "merged.wasm")
        run(sys.executable, HERE / "patch_wasm.py", work / "merged.wasm", work / "quickjs.wasm")
        run("wasm2c", work / "quickjs.wasm", "-n", "quickjs", "-o", work / "quickjs.c")
        os.rename(work / "quickjs.c", work / "plain.c")
        run(sys.executable, HERE / "translate.py", "--engine=js", f"--base={args.base}", work / "plain.c", work / "quickjs.c")
        run(args.cc, *args.flag, "-c", "quickjs.c", "-o", "quickjs.o", cwd=work)
        identity = digest(*inputs, *own_bytes(args), *args.missing, *[step.read_bytes() for step in WASM_STEPS])
        (work / "engine.id").write_text(identity + "\n", encoding="ascii")
        for name in PRODUCTS:
            shutil.copyfile(work / name, out / name)


def main():
    parser = argparse.ArgumentParser()
    for name in ("wasm", "sha256", "cc", "base", "out"):
        parser.add_argument("--" + name, required=True)
    for name in ("side", "side-sha256", "own", "missing", "flag"):
        parser.add_argument("--" + name, action="append", default=[])
    args = parser.parse_args()
    if len(args.side) != len(args.side_sha256):
        parser.error("each --side needs its --side-sha256")
    inputs = [pinned(*pair) for pair in zip([args.wasm, *args.side], [args.sha256, *args.side_sha256])]
    version = output(args.cc, "--version")
    tool = output("wasm2c", "--version")
    steps = [step.read_bytes() for step in [*STEPS, pathlib.Path(__file__)]]
    name = "engine-" + digest(*inputs, *own_bytes(args), *args.missing, version, tool, args.base, *args.flag, *steps)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    if not fetch(name, PRODUCTS, out):
        build(args, inputs, out)
        keep(name, PRODUCTS, out)


if __name__ == "__main__":
    main()
