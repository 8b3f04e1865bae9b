cloche run --lang py -e 1 > /dev/null 2>&1 || exit 77 # the engine is not in this build
mkdir -p 'in:side/sub'; printf 'from the host' > 'in:side/a.txt'; printf '1,2\n3,4\n' > table.csv
cat > read.py <<'END'
import os, pathlib
print(open('/mnt/in/a.txt').read(), sorted(os.listdir('/mnt/in')), sorted(os.listdir('/mnt')))
try:
    pathlib.Path('/mnt/in/new.txt').write_text('x')
except OSError as e:
    print(e)
import csv
print(list(csv.reader(open('/data/t.csv'))))
os.remove('/data/t.csv')
END
cloche run read.py --mount in:side:/mnt/in --file table.csv:/data/t.csv; echo $?
ls 'in:side'; cat table.csv
cat > write.py <<'END'
import os, shutil
os.makedirs('/mnt/out/a/b')
with open('/mnt/out/a/b/f.txt', 'w') as f: f.write('written by the guest')
with open('/mnt/out/a/b/f.txt', 'a') as f: f.write(', twice')
os.rename('/mnt/out/a/b/f.txt', '/mnt/out/g.txt')
shutil.rmtree('/mnt/out/a')
print(os.path.getsize('/mnt/out/g.txt'), os.listdir('/mnt/out'), [e.name for e in os.scandir('/mnt/out') if e.is_file()])
shutil.copy('/mnt/out/g.txt', '/tmp/h.txt')
print(open('/tmp/h.txt').read())
import sqlite3
db = sqlite3.connect('/mnt/out/x.db'); db.execute('create table t as select 7 as seven'); db.commit(); db.close()
END
mkdir out; cloche run write.py --mount out:/mnt/out:rw; echo $?
cat out/g.txt; echo; ls out
echo 'select * from t' > q.sql; cloche run q.sql --db out/x.db; echo $?
python3 - <<'END'
import zipfile
with zipfile.ZipFile('greet-1-py3-none-any.whl', 'w', zipfile.ZIP_DEFLATED) as w:
    w.writestr('greet/__init__.py', 'from .words import word\ndef greet(name): return f"{word}, {name}"\n')
    w.writestr('greet/words.py', 'word = "hello"\n')
with zipfile.ZipFile('fast-1-cp311-cp311-linux_x86_64.whl', 'w') as w: w.writestr('fast.so', 'x')
with zipfile.ZipFile('sly-1-py3-none-any.whl', 'w') as w: w.writestr('../sly.py', 'x')
END
cloche run --lang py -e 'import greet; greet.greet("guest"), greet.__file__' --wheel greet-1-py3-none-any.whl; echo $?
cloche run --lang py -e 1 --wheel fast-1-cp311-cp311-linux_x86_64.whl; echo $?
cloche run --lang py -e 1 --wheel sly-1-py3-none-any.whl; echo $?
cloche run --lang py -e 1 --wheel table.csv; echo $?
cloche run --lang py -e 1 --mount in:side:/usr/lib/x; echo $?
cloche run --lang py -e 1 --mount out:/mnt/a --mount out:/mnt/a/b; echo $?
head -c 40000 /dev/zero > zeros; cloche run --lang py -e 1 --file zeros:/x --files-bytes 64KiB --file zeros:/y; echo $?
cloche run --lang py -e 'open("x", "wb").write(b"x" * 100000)' --files-bytes 64KiB 2>&1 | head -2; echo $?
cloche run --lang py -e 'import os
for i in range(200): os.mkdir(str(i))' --files-count 100 2>&1 | head -2
