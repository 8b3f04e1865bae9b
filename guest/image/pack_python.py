#!/usr/bin/env python3
"""Puts together what the guest has at /usr/lib/python3.11, and packs it (guest/python/pack.py).

usage: pack_python.py STDLIB.pack WORLD OUT.pack

STDLIB.pack has sources, and what they compile to in __pycache__: the guest gets the compiled files alone, in the place of
the sources, which is half the bytes. WORLD, the bootstrap, becomes the package _cloche_world, as sources: it is imported
when the image is made, and never again.
"""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))

from pack import ENTRY, HEADER, pack  # noqa: E402

TAG = ".cpython-311.pyc"
PACKAGE = "_cloche_world"


def unpack(blob):
    """The files of a pack: paths and contents."""
    count = HEADER.unpack_from(blob)[1]
    paths, files = [], {}
    for number in range(count):
        name, name_len, is_dir, parent, start, size = ENTRY.unpack_from(blob, HEADER.size + number * ENTRY.size)
        text = blob[name:name + name_len].decode()
        paths.append(paths[parent] / text if number else pathlib.PurePosixPath())
        if not is_dir:
            files[paths[-1]] = blob[start:start + size]
    return files


def compiled_name(path):
    return path.parent / "__pycache__" / (path.stem + TAG)


def library(files):
    for path, data in files.items():
        if path.parent.name == "__pycache__":
            continue
        if path.suffix == ".py" and compiled_name(path) in files:
            yield path.with_suffix(".pyc"), files[compiled_name(path)]
        else:
            yield path, data


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    stdlib, world, out = map(pathlib.Path, sys.argv[1:])
    files = dict(library(unpack(stdlib.read_bytes())))
    for path in world.glob("*.py"):
        files[pathlib.PurePosixPath(PACKAGE, path.name)] = path.read_bytes()
    with tempfile.TemporaryDirectory() as scratch:
        for path, data in files.items():
            place = pathlib.Path(scratch, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        out.write_bytes(pack(pathlib.Path(scratch), 0))


if __name__ == "__main__":
    main()
