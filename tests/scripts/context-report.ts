// expect: "EMEA: {\"small\":2,\"medium\":3,\"large\":2}, frozen: true"
// tools: orders
// context: report.json
declare const context: { region: string; since: string; thresholds: { small: number; large: number } };

interface Order { id: number; date: string; currency: string; items: { qty: number; price: number }[] }

const { since, thresholds: { small, large } } = context;
const orders: Order[] = await tools.orders({ from: since });

const size = ({ items }: Order): 'small' | 'medium' | 'large' => {
  const sum = items.reduce((n, i) => n + i.qty * i.price, 0);
  return sum < small ? 'small' : sum > large ? 'large' : 'medium';
};
const counts = orders.filter((o) => o.currency === 'EUR').reduce(
  (acc, o) => (acc[size(o)]++, acc),
  { small: 0, medium: 0, large: 0 },
);
`${context.region}: ${JSON.stringify(counts)}, frozen: ${Object.isFrozen(context.thresholds)}`;
