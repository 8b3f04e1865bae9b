# status: timeout
# code: wall_time_limit
# tools: never
# why: an awaited call that nobody answers
await tools.never()
