#!/usr/bin/env python3
"""Patches the engine's wasm before any host sees it, so that native code and browsers run the very same bytes.

usage: patch_wasm.py IN.wasm OUT.wasm

One patch. QuickJS-ng hashes the keys of Map and Set by multiplying the bits of a double, whose low half is zero for whole
numbers: all of them land in buckets that are multiples of a power of two, and a Map of 20,000 integers has chains of
hundreds. The function's result gets a final mix (xor-shift, multiply, xor-shift; constants of Chris Wellons' lowbias32).
The order of iteration does not depend on the hash. The function is found by its constants, and must be found once.
"""
import sys


def fail(message):
    sys.exit(f"patch_wasm.py: {message}")


def read_leb(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def leb(value):
    out = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def signed_leb(value):
    out = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        if (value == 0 and not byte & 0x40) or (value == -1 and byte & 0x40):
            out.append(byte)
            return bytes(out)
        out.append(byte | 0x80)


def const(value):
    return b"\x41" + signed_leb(value - (1 << 32) if value >= 1 << 31 else value)


def sections(data):
    at = 8
    while at < len(data):
        kind = data[at]
        size, start = read_leb(data, at + 1)
        yield kind, data[start:start + size]
        at = start + size


GET0, SET0, TEE0 = b"\x20\x00", b"\x21\x00", b"\x22\x00"
SHR, XOR, MUL = b"\x76", b"\x73", b"\x6c"
MIX = (SET0 + GET0 + GET0 + const(16) + SHR + XOR + const(0x7FEB352D) + MUL
       + TEE0 + GET0 + const(15) + SHR + XOR)


def is_hash(body):
    """map_hash_key: 3163 for whole numbers and doubles, the golden ratio for doubles' halves; local 0 is an i32."""
    return body.count(const(3163)) >= 2 and const(1640531527) in body and len(body) < 1000


def patch_code(code):
    count, at = read_leb(code, 0)
    bodies, found = [], 0
    for _ in range(count):
        size, start = read_leb(code, at)
        body = code[start:start + size]
        if is_hash(body):
            if body[-1] != 0x0B:
                fail("the hash function does not end as expected")
            body = body[:-1] + MIX + b"\x0b"
            found += 1
        bodies.append(leb(len(body)) + body)
        at = start + size
    if found != 1:
        fail(f"expected one hash function, found {found}")
    return leb(count) + b"".join(bodies)


def main():
    if len(sys.argv) != 3:
        fail("usage: patch_wasm.py IN.wasm OUT.wasm")
    with open(sys.argv[1], "rb") as source:
        data = source.read()
    if data[:8] != b"\0asm\x01\0\0\0":
        fail("not a wasm module of version 1")
    out = bytearray(data[:8])
    for kind, body in sections(data):
        if kind == 10:
            body = patch_code(body)
        out += bytes([kind]) + leb(len(body)) + body
    with open(sys.argv[2], "wb") as target:
        target.write(out)


if __name__ == "__main__":
    main()
