#!/usr/bin/env python3
"""Packs a folder into the blob that the guest has its standard library in (vfs_packed.c says how it is laid out).

usage: pack.py FOLDER OUT [--time SECONDS]

Two folders of the same content give the same blob: names are sorted as bytes, and every file has the one time that is
given (0 by default). Symlinks are followed. Nothing but directories and regular files is taken.
"""

import argparse
import pathlib
import struct

HEADER = struct.Struct("<8sIIQ")
ENTRY = struct.Struct("<IHHIII")
NAME_MAX = 255


def name_of(path):
    name = path.name.encode()
    if len(name) > NAME_MAX:
        raise SystemExit(f"pack.py: {path}: the name is too long")
    return name


def collect(top):
    """All entries in an order where the children of a directory stand side by side, behind it:
    [name, parent's number, path, first child, number of children]."""
    entries = [[b"", 0, top, 0, 0]]
    for number, entry in enumerate(entries):  # which grows meanwhile
        if not entry[2].is_dir():
            continue
        children = sorted((p for p in entry[2].iterdir() if p.is_dir() or p.is_file()), key=name_of)
        entry[3], entry[4] = len(entries), len(children)
        entries.extend([name_of(child), number, child, 0, 0] for child in children)
    return entries


def pack(top, seconds):
    entries = collect(top)
    start = HEADER.size + ENTRY.size * len(entries)
    table, content, seen = [], bytearray(), {}

    def put(data):
        if data not in seen:
            seen[data] = start + len(content)
            content.extend(data)
        return seen[data]

    for name, parent, path, first, count in entries:
        if path.is_dir():
            table.append(ENTRY.pack(put(name), len(name), 1, parent, first, count))
        else:
            data = path.read_bytes()
            table.append(ENTRY.pack(put(name), len(name), 0, parent, put(data), len(data)))
    total = start + len(content)
    if total >= 1 << 32:
        raise SystemExit("pack.py: more than 4 GiB")
    return HEADER.pack(b"CLPACK1\n", len(entries), total, seconds * 10**9) + b"".join(table) + bytes(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--time", type=int, default=0)
    args = parser.parse_args()
    if not args.folder.is_dir():
        raise SystemExit(f"pack.py: {args.folder} is no folder")
    args.out.write_bytes(pack(args.folder, args.time))


if __name__ == "__main__":
    main()
