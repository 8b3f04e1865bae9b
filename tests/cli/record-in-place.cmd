mkfifo pipe && (cat pipe > got &) && cloche run --record pipe -e 1 && [ -p pipe ] && echo still a pipe
touch real.json && ln -s real.json link.json && cloche run --record link.json -e 2 && [ -L link.json ] && [ -s real.json ] && echo the link was followed
cloche run --record . -e 3
