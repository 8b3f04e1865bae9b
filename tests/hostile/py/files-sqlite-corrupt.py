# status: ok
# value: true
# timeout: 8s
# why: database files of noise, and a database that is changed under its connection
import random, sqlite3
random.seed(3)
fine = 0
for i in range(60):
    path = f'/tmp/{i}.db'
    db = sqlite3.connect(path)
    db.execute('create table t(x)')
    db.executemany('insert into t values(?)', [(str(n) * 50,) for n in range(300)])
    db.commit()
    with open(path, 'rb+') as f:
        for _ in range(40):
            f.seek(random.randrange(20000)); f.write(random.randbytes(20))
    try:
        db.execute('select sum(length(x)) from t').fetchall()
        db.execute('pragma integrity_check').fetchall()
        db.execute('vacuum')
    except sqlite3.Error:
        pass
    fine += 1
fine == 60
