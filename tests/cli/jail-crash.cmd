cloche run -e "console.log(1); await tools.kill(); console.log(2)" --tool kill="python3 workers.py kill"
