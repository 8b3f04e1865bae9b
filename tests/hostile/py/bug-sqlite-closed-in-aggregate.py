# status: ok
# value: "ProgrammingError"
# why: python/cpython issue 145040: an aggregate's step closes the connection
import sqlite3
conn = sqlite3.connect(':memory:', isolation_level=None)
conn.execute('create table t (x integer)')
for i in range(50): conn.execute('insert into t values (?)', (i,))
class Sum:
    n = 0
    def step(self, value):
        self.n += value
        conn.close()
    def finalize(self): return self.n
conn.create_aggregate('total_of', 1, Sum)
try: answer = conn.execute('select total_of(x) from t').fetchone()
except Exception as e: answer = type(e).__name__
answer
