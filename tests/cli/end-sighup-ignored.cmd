trap '' HUP; sh interrupt.sh HUP run up-loop.js --tool up='touch up' --timeout 500ms 2> err; echo $?; head -1 err | sed 's/ at .*//'
