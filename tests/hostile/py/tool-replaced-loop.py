# status: ok|error|timeout
# code: uncaught_error|wall_time_limit|deadlock
# tools: echo
# timeout: 3s
# why: the event loop broken by hand
import asyncio
loop = asyncio.get_running_loop()
loop._ready = None
await tools.echo(1)
