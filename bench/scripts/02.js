// 02: the five best customers of the year, with their details and a mail each.
(async () => {
  const orders = await tools.listOrders({ year: 2024 });

  // Total per customer, refunds excluded.
  const totals = new Map();
  for (const order of orders) {
    if (order.status === "refunded" || order.status === "pending") continue;
    const entry = totals.get(order.userId) || { cents: 0, orders: 0, items: {} };
    entry.cents += order.cents * order.quantity;
    entry.orders += 1;
    entry.items[order.item] = (entry.items[order.item] || 0) + order.quantity;
    totals.set(order.userId, entry);
  }

  const top = [...totals.entries()]
    .sort(([idA, a], [idB, b]) => b.cents - a.cents || idA - idB)
    .slice(0, 5);

  const customers = [];
  for (const [id, total] of top) {
    const user = await tools.getUser({ id });
    const favourite = Object.entries(total.items).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    customers.push({
      name: user.name,
      email: user.email,
      plan: user.plan,
      spent: `${(total.cents / 100).toFixed(2)} EUR`,
      orders: total.orders,
      favourite: favourite[0],
    });
  }

  const mails = await Promise.all(customers.map((c) => tools.sendEmail({
    to: c.email,
    subject: `Thank you, ${c.name.split(" ")[0]}!`,
    body: `You bought ${c.orders} times this year, most often: ${c.favourite}.`,
  })));

  return { customers, sent: mails.filter((m) => m.queued).length };
})();
