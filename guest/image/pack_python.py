#!/usr/bin/env python3
"""Puts together what the guest has at /usr/lib/python3.11, and packs it (guest/python/pack.py).

usage: pack_python.py STDLIB WORLD OUT.pack

STDLIB is a tree of .py with compiled files in __pycache__: of those the guest gets the compiled ones alone, in the
place of the sources, which is half the bytes. WORLD, the bootstrap, becomes the package _cloche_world, as sources: it
is imported when the image is made, and never again.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TAG = ".cpython-311.pyc"
PACKAGE = "_cloche_world"


def copy_library(source, target):
    for path in source.rglob("*"):
        place = target / path.relative_to(source)
        if path.is_dir() or path.parent.name == "__pycache__":
            continue
        compiled = path.parent / "__pycache__" / (path.stem + TAG)
        if path.suffix == ".py" and compiled.is_file():
            path, place = compiled, place.with_suffix(".pyc")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    library, world, out = map(pathlib.Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        tree = pathlib.Path(scratch) / "lib"
        copy_library(library, tree)
        (tree / PACKAGE).mkdir()
        for path in sorted(world.glob("*.py")):
            shutil.copyfile(path, tree / PACKAGE / path.name)
        subprocess.run([sys.executable, HERE.parent / "python" / "pack.py", tree, out], check=True)


if __name__ == "__main__":
    main()
