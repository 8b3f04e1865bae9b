cloche run -e 'console.log(1); await tools.t()' --tool t='sleep 20' --record a.rec >out & sleep 1; kill -INT $!; wait $!; echo "exit code $?"; cloche run --replay a.rec
