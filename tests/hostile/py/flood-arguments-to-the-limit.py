# status: ok
# value: ["1048573","1048574","ToolError"]
# tools: echo
# timeout: 20s
# why: arguments of exactly the limit of 1 MiB, of one byte less, and of one more
codes = set()
for more in (-1, 0, 1):
    for i in range(4):
        try: codes.add(len(await tools.echo('x' * ((1 << 20) - 2 + more))))
        except Exception as e: codes.add(type(e).__name__)
sorted(map(str, codes))
