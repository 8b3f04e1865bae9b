# status: ok
# value: "fine"
# why: python/cpython issues 145046 and 151030: a function that SQL calls closes the connection that runs it
import sqlite3
conn = sqlite3.connect(':memory:', isolation_level=None)
conn.execute('create table t (x)')
def close(x):
    conn.close()
    return x
conn.create_function('f', 1, close)
try: conn.executemany('insert into t values (f(?))', [(i,) for i in range(10)]); answer = 'fine'
except Exception as e: answer = type(e).__name__
answer
