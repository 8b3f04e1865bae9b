# status: ok
# value: "ProgrammingError,ProgrammingError,ProgrammingError,fine,ProgrammingError,ProgrammingError,ProgrammingError,ProgrammingError,ProgrammingError,ProgrammingError,fine,ProgrammingError"
# why: python/cpython issues 87564 and 85981: connections, cursors and blobs that were never initialised, and a backup into a closed one
import sqlite3
seen = []
class Faulty(sqlite3.Connection):
    def __init__(self, *a, **k): pass
bare = sqlite3.Connection.__new__(sqlite3.Connection)
closed = sqlite3.connect(':memory:'); closed.close()
for use in (lambda: sqlite3.connect(':memory:', factory=Faulty).cursor(), lambda: bare.execute('select 1'), lambda: bare.close(), lambda: bare.row_factory, lambda: bare.isolation_level, lambda: bare.total_changes, lambda: closed.backup(sqlite3.connect(':memory:')), lambda: sqlite3.connect(':memory:').backup(closed), lambda: sqlite3.Cursor.__new__(sqlite3.Cursor).fetchone(), lambda: sqlite3.Cursor.__new__(sqlite3.Cursor).close(), lambda: sqlite3.Row.__new__(sqlite3.Row, sqlite3.connect(':memory:').cursor(), ()), lambda: bare.interrupt()):
    try: use(); seen.append('fine')
    except Exception as e: seen.append(type(e).__name__)
','.join(seen)
