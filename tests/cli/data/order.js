const order = {id: 7, total: 129.9};
console.log("checking order", order.id);
const stock = await tools.stock(order.id);
const ok = await tools.approve({order, stock});
console.log(ok ? "shipped" : "refused");
return {order: order.id, ok};
