// expect: ["1001: paid > ! cannot pay an order that is paid", "1004: paid > ! cannot pay an order that is paid",
//   "1009: open > paid > refunded > ! cannot cancel an order that is refunded"]
// tools: orders
type Status = 'open' | 'paid' | 'cancelled' | 'refunded';
type Action = 'pay' | 'cancel' | 'refund';

const transitions: { [S in Status]?: { [A in Action]?: Status } } = {
  open: { pay: 'paid', cancel: 'cancelled' },
  paid: { refund: 'refunded' },
};

function step(status: Status, action: Action): Status {
  const next = transitions[status]?.[action];
  if (!next) throw new Error(`cannot ${action} an order that is ${status}`);
  return next;
}

const orders: { id: number; status: Status }[] = await tools.orders({ customer: 'ada' });
const script: Action[] = ['pay', 'refund', 'cancel'];

return orders.map(({ id, status }) => {
  const path: string[] = [status];
  try {
    for (const action of script) path.push((status = step(status, action)));
  } catch (e: unknown) {
    path.push(e instanceof Error ? `! ${e.message}` : '?');
  }
  return `${id}: ${path.join(' > ')}`;
});
