"""The guest's world in Python: what the host calls are start, go_on and reseed. In a cell the
package is called _cloche_world.

It talks to the host through the module _cloche alone, and keeps what it uses of the standard library under names of its
own: a guest that replaces things harms its own results. Safety does not rest on anything in here: status, limits and ids
are the host's.

    run.py         how a run goes            transform.py   where calls of tools wait     values.py    values as JSON
    loop.py        the event loop            scopes.py      what variables are used for   errors.py    tracebacks
    asyncs.py      asyncio on that loop      tools.py       the host's functions          streams.py   stdout, stderr
    executors.py   threads without threads   display.py     display, progress, context    complete.py  names at a cursor
    sql.py         the language sql          modules.py     modules of the host's         warm.py      before the image"""
from .run import go_on, reseed, start
from .warm import warm

warm()
