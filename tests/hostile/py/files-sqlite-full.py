# status: limit
# code: files_limit
# limits: files_bytes=1MiB
# timeout: 8s
# why: a database that finds no room says so
import sqlite3
db = sqlite3.connect('/tmp/x.db')
db.execute('create table t(x)')
db.execute('with recursive n(i) as (select 1 union all select i + 1 from n) insert into t select randomblob(10000) from n')
