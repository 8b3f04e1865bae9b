// expect: "medium: 328"
// tools: order
const order = await tools.order({ id: 1004 });
if (order.status === 'cancelled') {
  console.log('nothing to do');
  return null;
}
const value = order.items.reduce((sum, { qty, price }) => sum + qty * price, 0);
if (value > 1000) {
  `large: ${value}`;
} else if (value > 100) {
  `medium: ${value}`;
} else {
  `small: ${value}`;
}
