"""Output in all its forms."""
import pprint
import sys

print("a", 1, None, sep="-", end="!\n")
print()
sys.stdout.write("no line end")
sys.stdout.flush()
print(" - now")
print("ä€😀", "\t|", repr("\n"), ascii("ä"))
sys.stdout.buffer.write("bytes: ö\n".encode())
sys.stdout.buffer.flush()
sys.stdout.writelines(["one\n", "two\n"])
pprint.pprint({"key": list(range(30)), "other": {"a": "b" * 30, "c": "d" * 30}})
for i in range(3):
    print(i, end=" ", flush=True)
print()
print(*[1, 2, 3], sep="\n")
print(f"{'centre':^20}|{12345.678:,.1f}|{0.000012:g}|{True!s:>6}|{[1]!r}")
