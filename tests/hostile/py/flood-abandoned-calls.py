# status: ok
# value: "ended"
# again: 10
# tools: echo, never
# timeout: 20s
# why: runs of a session that end with their calls open
import asyncio
tasks = [asyncio.ensure_future(tools.never(i)) for i in range(30)] + [asyncio.ensure_future(tools.echo(i)) for i in range(30)]
await asyncio.sleep(0)
'ended'
