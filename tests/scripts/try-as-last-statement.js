// expect: "failed: no such order: 1"
// tools: order
try {
  const { status } = await tools.order({ id: 1 });
  `order is ${status}`;
} catch (e) {
  `failed: ${e.message}`;
}
