// expect: ["1005:open", "1011:paid"]
// output: ["Eve Adeyemi has 2 orders", "done"]
// tools: customer, orders
tools.customer({ id: 'eve' })
  .then((customer) => tools.orders({ customer: customer.id }).then((orders) => ({ customer, orders })))
  .then(({ customer, orders }) => {
    console.log(`${customer.name} has ${orders.length} orders`);
    return orders.map((order) => `${order.id}:${order.status}`);
  })
  .catch((error) => ({ failed: error.message }))
  .finally(() => console.log('done'));
