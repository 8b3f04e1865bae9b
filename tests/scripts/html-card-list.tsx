// expect: "<section id=\"list\"><article class=\"card\" data-price=\"38.4\"><h2>Lamp</h2><p>EUR 38.40</p><ul><li>led</li></ul></article><article class=\"card\" data-price=\"654\"><h2>Desk &amp; chair</h2><p>EUR 654.00</p></article></section>"
interface Product { name: string; price: number; tags?: string[] }
type Node = { type: string; props: Record<string, unknown>; children: (Node | string | number | null | boolean | Node[])[] };

const products: Product[] = [{ name: 'Lamp', price: 38.4, tags: ['led'] }, { name: 'Desk & chair', price: 654 }];

const card = ({ name, price, tags = [] }: Product) => (
  <article class="card" data-price={price}>
    <h2>{name}</h2>
    <p>EUR {price.toFixed(2)}</p>
    {tags.length > 0 && <ul>{tags.map((tag) => <li>{tag}</li>)}</ul>}
  </article>
);

const escape = (s: string) => s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

function render(node: any): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(render).join('');
  if (typeof node !== 'object') return escape(String(node));
  const { type, props, children } = node as Node;
  const attributes = Object.entries(props ?? {}).map(([k, v]) => ` ${k}="${escape(String(v))}"`).join('');
  return `<${type}${attributes}>${render(children)}</${type}>`;
}

render(<section id="list">{products.map(card)}</section>);
