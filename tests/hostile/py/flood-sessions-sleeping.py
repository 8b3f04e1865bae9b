# status: ok
# value: "slept"
# copies: 60
# timeout: 60s
# why: sixty runs sleep at once, print, and sleep again
import asyncio
for i in range(3):
    print('awake', i)
    await asyncio.sleep(0.005)
'slept'
