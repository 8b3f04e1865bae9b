cloche run $EXAMPLES/orders.js --tool read_file=$EXAMPLES/tools/read_file --tool exchange_rate=$EXAMPLES/tools/exchange_rate
