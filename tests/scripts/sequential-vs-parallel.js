// expect: {"first": [4, 40], "same": true, "sequential": ["start KB-01", "end KB-01", "start MS-02", "end MS-02"],
//   "starts": ["start KB-01", "start MS-02"]}
// tools: stock
const order = [];
const fetchStock = async (sku) => {
  order.push(`start ${sku}`);
  const { warehouses } = await tools.stock({ sku });
  order.push(`end ${sku}`);
  return warehouses.north;
};

const first = [];
for (const sku of ['KB-01', 'MS-02']) first.push(await fetchStock(sku));
const parallel = await Promise.all(['KB-01', 'MS-02'].map(fetchStock));

// in parallel both start before one ends
const starts = order.slice(4, 6);
return { first, same: first.join() === parallel.join(), sequential: order.slice(0, 4), starts };
