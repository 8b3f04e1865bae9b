cloche run -e 'console.log(1); await tools.kill(); console.log(2)' --tool kill='python3 workers.py kill' --events > out; echo $?; jq -c '[.type, .status, .report.status]' out
