# status: error|timeout
# code: uncaught_error|wall_time_limit
# why: a SQL function that never returns: the soft interrupt comes out as an error of the statement
import sqlite3
c = sqlite3.connect(':memory:')
def f():
    while True: pass
c.create_function('f', 0, f)
c.execute('select f()').fetchall()
