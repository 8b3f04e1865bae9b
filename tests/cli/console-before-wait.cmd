echo 'console.log(1); await tools.t(); console.log(3)' | cloche run - --tool t='sh -c "echo 2 >&2 >marks"'
