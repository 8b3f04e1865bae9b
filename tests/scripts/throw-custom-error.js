// expect-error: OverdueError: 2 orders are overdue: 1005, 1009
// output: ["checking 2 orders"]
// tools: orders
class OverdueError extends Error {
  constructor(ids) {
    super(`${ids.length} orders are overdue: ${ids.join(', ')}`);
    this.name = 'OverdueError';
    this.code = 'E_OVERDUE';
    this.data = { ids };
  }
}

const open = await tools.orders({ status: 'open', to: '2025-03-15' });
console.error(`checking ${open.length} orders`);
if (open.length > 0) throw new OverdueError(open.map((order) => order.id));
'nothing is overdue';
