# status: limit|error
# code: tool_calls_limit|tool_pending_limit|uncaught_error|memory_limit
# tools: never
# timeout: 5s
# why: calls without end
import asyncio
await asyncio.gather(*[tools.never(i) for i in range(10**6)])
