// expect: ["div.row", "  button.btn-primary", "    \"Save\"", "  button.btn-plain", "    \"Cancel\""]
type Props = Record<string, any>;
type Element = { type: string | ((props: Props) => Element); props: Props; children: any[] };

function Button({ label, kind = 'plain' }: { label: string; kind?: string }) {
  return <button class={`btn-${kind}`}>{label}</button>;
}
const Row = ({ children }: { children?: any }) => <div class="row">{children}</div>;

/** Calls components until only plain elements are left, then draws an outline. */
function outline(node: any, depth = 0): string[] {
  if (node == null || typeof node === 'boolean') return [];
  if (Array.isArray(node)) return node.flatMap((n) => outline(n, depth));
  if (typeof node !== 'object') return ['  '.repeat(depth) + JSON.stringify(node)];
  const { type, props, children } = node as Element;
  if (typeof type === 'function') return outline(type({ ...props, children }), depth);
  const cls = props?.class ? `.${props.class}` : '';
  return ['  '.repeat(depth) + type + cls, ...outline(children, depth + 1)];
}

const defaults = { kind: 'primary' };
const view = (
  <Row>
    <Button label="Save" {...defaults} />
    <Button label="Cancel" />
  </Row>
);
return outline(view);
