# status: limit|error
# code: memory_limit|uncaught_error
# timeout: 5s
# why: one huge blob
import sqlite3
sqlite3.connect(':memory:').execute('select length(hex(zeroblob(900000000)))').fetchall()
