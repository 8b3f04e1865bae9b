# status: ok
# value: "ProgrammingError"
# why: python/cpython issue 143662: what makes texts of a row closes the connection of the cursor
import sqlite3
conn = sqlite3.connect(':memory:')
conn.execute('create table t (x)')
cur = conn.cursor()
cur.execute("insert into t values ('a'), ('b') returning x")
n = 0
def factory(value):
    global n
    n += 1
    if n == 1: conn.close()
    return 'x'
conn.text_factory = factory
try: answer = [cur.fetchone(), cur.fetchall()]
except Exception as e: answer = type(e).__name__
answer
