# status: ok
# value: "0123456789"
# copies: 30
# tools: echo
# timeout: 60s
# why: thirty runs with ten calls open each
import asyncio
answers = await asyncio.gather(*(tools.echo({'i': i, 'fill': 'x' * i * 100}) for i in range(10)))
''.join(str(a['i']) for a in answers)
