echo 'const a = []; for (;;) a.push(new Array(1000).fill(1));' | cloche run - --memory 16MiB | tail -1
