"""SQLite inside."""
import sqlite3

with sqlite3.connect(":memory:") as db:
    db.row_factory = sqlite3.Row
    db.execute("create table t (id integer primary key, name text, score real)")
    db.executemany("insert into t (name, score) values (?, ?)", [("ada", 1.5), ("bob", 2.0), ("eve", None)])
    for row in db.execute("select name, score from t order by name desc"):
        print(dict(row))
    print(db.execute("select count(*), avg(score) from t").fetchone()[:])
    db.create_function("twice", 1, lambda n: n and n * 2)
    print([tuple(r) for r in db.execute("select twice(score) from t where score is not null")])
    try:
        db.execute("select * from nothing")
    except sqlite3.OperationalError as e:
        print(e)
