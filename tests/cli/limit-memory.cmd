echo 'const a = []; for (;;) a.push(new Array(1000).fill(1));' | cloche run - --memory 16MiB 2> err; echo $?; head -1 err | sed 's/ at .*//'
