"""Gives the data of an object file a segment of its own, which wasm-ld puts behind the data of all other objects (names
that it does not know come after .rodata and .data). So a change of our own code moves nothing of CPython's, and the
objects of the parts that CPython's C is cut into stay good."""
from patch_wasm import fail, leb, read_leb, sections

SEGMENT_INFO = 5  # a part of the section "linking", see tool-conventions/Linking.md
NAME = b"cloche"


def named(body):
    """Name and content of a custom section."""
    size, at = read_leb(body, 0)
    return body[at : at + size], body[at + size :]


def rename(payload):
    count, at = read_leb(payload, 0)
    out = bytearray(leb(count))
    for _ in range(count):
        size, at = read_leb(payload, at)
        name, at = payload[at : at + size], at + size
        align, at = read_leb(payload, at)
        flags, at = read_leb(payload, at)
        if name.startswith((b".rodata", b".data")):
            name, flags = NAME, 0  # no merging of texts
        out += leb(len(name)) + name + leb(align) + leb(flags)
    if at != len(payload):
        fail("the segments of an object are not as expected")
    return bytes(out)


def own_segment(data):
    """The object file `data`, changed."""
    out, found = bytearray(data[:8]), 0
    for kind, body in sections(data):
        if kind == 0 and named(body)[0] == b"linking":
            rest = named(body)[1]
            version, at = read_leb(rest, 0)
            linking = bytearray(leb(len(b"linking")) + b"linking" + leb(version))
            while at < len(rest):
                part = rest[at]
                size, at = read_leb(rest, at + 1)
                payload, at = rest[at : at + size], at + size
                if part == SEGMENT_INFO:
                    payload, found = rename(payload), found + 1
                linking += bytes([part]) + leb(len(payload)) + payload
            body = bytes(linking)
        out += bytes([kind]) + leb(len(body)) + body
    if found > 1:
        fail("an object with two lists of segments")
    return bytes(out)
