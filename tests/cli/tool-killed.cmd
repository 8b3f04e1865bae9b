cloche run call.js --tool t="sh -c 'kill -9 \$\$'"
