command -v prlimit > /dev/null || exit 77; prlimit --sigpending=0 cloche run -e 1; echo $?; ulimit -v 3000000 && cloche version > /dev/null 2>&1 || exit 77; cloche run -e 1; echo $?
