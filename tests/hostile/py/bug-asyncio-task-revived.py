# status: ok
# value: ["made",true]
# why: python/cpython issue 142556: a loop's handler registers the task that is being freed once more
import asyncio, gc
try: import _asyncio as tasks
except ImportError: tasks = asyncio.tasks
class EvilLoop:
    def get_debug(self): return False
    def is_closed(self): return False
    def call_soon(self, *a, **k): pass
    def create_future(self): return None
    def call_exception_handler(self, context):
        tasks._register_task(context['task'])
async def coro(): pass
for _ in range(50):
    c = coro()
    try: task = tasks.Task(c, loop=EvilLoop())
    except Exception as e: kind = type(e).__name__
    else: kind = 'made'; del task
    c.close()
gc.collect()
[kind, len(asyncio.all_tasks(asyncio.get_event_loop())) >= 0]
