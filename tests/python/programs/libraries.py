"""A tour through the standard library."""
import base64
import bisect
import calendar
import copy
import difflib
import enum
import fractions
import hashlib
import heapq
import html
import math
import operator
import pathlib
import pickle
import random
import string
import struct
import time
import unicodedata
import urllib.parse
import uuid
import zlib

print(hashlib.sha256(b"x").hexdigest()[:16], hashlib.md5(b"x").hexdigest()[:8], zlib.crc32(b"x"))
print(zlib.decompress(zlib.compress(b"ab" * 50))[:4], base64.b64encode(b"\x00\xff").decode())
print(math.factorial(20), math.gcd(12, 18), math.isclose(0.1 + 0.2, 0.3), math.pi)
print(fractions.Fraction(1, 3) + 1, 2**100, 10**20 // 3, -7 % 3, 7.5 // 2, divmod(-7, 2))
random.seed(7)
print(random.randint(1, 100), random.sample(range(10), 3), random.choice("abc"))
print(heapq.nsmallest(2, [3, 1, 2]), bisect.bisect([1, 2, 4], 3), list(map(operator.itemgetter(1), [(1, 2)])))
print(urllib.parse.urlencode({"q": "a b&c"}), urllib.parse.urlparse("https://x.y/z?q=1").query)
print(pathlib.PurePosixPath("/a/b") / "../c.txt", pathlib.PurePosixPath("/a/c.tar.gz").suffixes)
print(struct.pack(">IH", 1, 2), unicodedata.name("ä"), unicodedata.normalize("NFD", "é") == "é")
print(calendar.monthrange(2024, 2), time.strftime("%Y-%m-%d", time.gmtime(86400 * 365)))
print(uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"), string.Template("$a-$b").substitute(a=1, b=2))
print(html.escape("<a&b>"), difflib.get_close_matches("appel", ["apple", "pear"]))


class Colour(enum.Enum):
    RED = enum.auto()
    BLUE = enum.auto()


print(list(Colour), Colour["RED"].value, copy.deepcopy({"a": [Colour.RED]}))
print(pickle.loads(pickle.dumps({"a": (1, 2.5, None, b"x")})), "ß".casefold(), "İ".lower().encode(), "日本"[::-1])
print(sorted("banana", key=lambda c: (-"banana".count(c), c)), "%s|%5.1f|%-4d|" % ("a", 2.25, 3), "{:>{w}}".format("r", w=4))
