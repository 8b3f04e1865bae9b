# status: ok
# value: "True,True,True,True,True,True,True,RecursionError,RecursionError"
# tools: echo
# timeout: 20s
# why: values nested as deep as JSON may be here and deeper, as arguments and answers
seen = []
for n in (10, 100, 500, 511, 512, 513, 900, 1024, 5000):
    v = 1
    for i in range(n): v = [v] if i % 2 else {'v': v}
    try:
        v, depth = await tools.echo(v), 0
        while not isinstance(v, int): v, depth = (v[0] if isinstance(v, list) else v['v']), depth + 1
        seen.append(depth == n)
    except BaseException as e: seen.append(type(e).__name__)
','.join(map(str, seen))
