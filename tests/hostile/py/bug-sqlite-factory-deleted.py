# status: ok
# value: ["fine","fine","AttributeError"]
# why: python/cpython issues 149738 and 87564: attributes of a connection are deleted, and connections made that were never initialised
import sqlite3
seen = []
for name in ('row_factory', 'text_factory', 'isolation_level'):
    db = sqlite3.connect(':memory:')
    try: delattr(db, name)
    except Exception as e: seen.append(type(e).__name__); continue
    try: db.execute('select 1'); seen.append('fine')
    except Exception as e: seen.append(type(e).__name__)
seen
