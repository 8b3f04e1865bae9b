# what is wrong is said before any engine runs, or by the engine that has no files
mkdir folder; echo x > file.txt
cloche run -e 1 --mount folder; echo $?
cloche run -e 1 --mount folder:mnt; echo $?
cloche run -e 1 --mount :/mnt/a; echo $?
cloche run -e 1 --mount none:/mnt/a; echo $?
cloche run -e 1 --mount file.txt:/mnt/a; echo $?
cloche run -e 1 --mount folder:/mnt/a; echo $?
cloche run -e 1 --file file.txt; echo $?
cloche run -e 1 --file none.txt:/x; echo $?
cloche run -e 1 --file file.txt:/x; echo $?
cloche run -e 1 --wheel none.whl; echo $?
cloche run -e 1 --wheel folder; echo $?
cloche run -e 1 --db none.sqlite; echo $?
cloche run -e 1 --file -:/x --context -; echo $?
cloche run -e 1 --record r.json --file file.txt:/x; echo $?
cloche run --replay r.json --mount folder:/mnt/a; echo $?
