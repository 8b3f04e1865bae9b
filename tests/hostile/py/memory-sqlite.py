# status: limit
# code: memory_limit
# timeout: 8s
# why: a table that grows
import sqlite3
c = sqlite3.connect(':memory:')
c.execute('create table t(x)')
while True: c.execute('insert into t values(zeroblob(1000000))')
