// 04: restock: find products below the minimum and order them by supplier.
async function restock() {
  const products = await tools.listProducts({});
  const low = products.filter((p) => p.stock < p.minimum);

  const bySupplier = low.reduce((groups, p) => {
    (groups[p.supplier] = groups[p.supplier] || []).push(p);
    return groups;
  }, {});

  const summary = [];
  for (const name of Object.keys(bySupplier).sort()) {
    const supplier = await tools.getSupplier({ name });
    const lines = bySupplier[name].map((p) => ({
      sku: p.sku,
      quantity: p.minimum * 2 - p.stock,
      price: Math.round(p.price * 0.6 * (1 - supplier.discount) * 100) / 100,
    }));
    const total = lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
    if (total < supplier.minimumOrder) {
      summary.push({ supplier: name, skipped: `only ${total.toFixed(2)} of ${supplier.minimumOrder}` });
      continue;
    }
    const order = await tools.createPurchaseOrder({ supplier: name, contact: supplier.contact, lines });
    summary.push({
      supplier: name,
      order: order.accepted ? order.id : null,
      lines: lines.length,
      units: lines.reduce((sum, line) => sum + line.quantity, 0),
      total: total.toFixed(2),
      days: supplier.leadDays,
    });
  }

  const rejected = summary.filter((s) => s.order === null).map((s) => s.supplier);
  return { checked: products.length, low: low.length, summary, rejected };
}

restock();
