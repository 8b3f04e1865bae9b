cp $EXAMPLES/make_orders.py . && python3 make_orders.py && cmp orders.csv $EXAMPLES/orders.csv
