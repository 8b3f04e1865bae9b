cloche run hello.js --record a.rec --clock real; echo "exit code $?"; test ! -e a.rec
