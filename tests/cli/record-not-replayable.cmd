cloche run -e "new Array(2 ** 32 - 1).join('x')" --timeout 30ms --record a.rec; echo "exit code $?"; cloche run --replay a.rec
