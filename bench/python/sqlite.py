import sqlite3


def bench():
    db = sqlite3.connect(":memory:")
    db.execute("create table orders(id integer primary key, customer text, amount real)")
    db.executemany("insert into orders(customer, amount) values(?, ?)", ((f"c{i % 97}", i % 31 * 1.5) for i in range(20_000)))
    rows = db.execute("select customer, sum(amount), count(*) from orders group by customer order by 2 desc limit 5").fetchall()
    db.close()
    return [row[2] for row in rows]
