# status: limit|error
# code: tool_calls_limit|tool_pending_limit|uncaught_error
# tools: never
# timeout: 5s
# why: more calls at once than may be pending
import asyncio
await asyncio.gather(*[asyncio.ensure_future(tools.never(i)) for i in range(3000)])
