# status: ok
# value: 1500
# tools: echo, sync_echo, fail
# timeout: 30s
# why: fifteen hundred calls one after the other, of each kind
n = 0
for i in range(500):
    n += tools.sync_echo(i) == i
    n += await tools.echo('\0' + str(i)) != ''
    try: await tools.fail()
    except Exception: n += 1
n
