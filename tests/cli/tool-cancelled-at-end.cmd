echo 'tools.t(); 1' | cloche run - --tool t='sleep 20'
