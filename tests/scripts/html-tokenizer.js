// expect: {"attributes": {"class": "a b", "id": "x", "hidden": true}, "text": "Hi there,you <3",
//   "images": [{"src": "pic.png", "alt": "1 > 0"}], "tags": ["#root", "div", "p", "b", "br", "img"], "depth": 4}
const html = `<div class="a b" id='x' hidden><!-- note --><p>Hi <b>there</b>,<br/>you &lt;3</p><img src=pic.png alt="1 > 0"></div>`;
const VOID = new Set(['br', 'img', 'hr', 'input']);

function parse(source) {
  const token = /<!--[\s\S]*?-->|<\/(?<close>\w+)\s*>|<(?<open>\w+)(?<attributes>(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*(?<self>\/)?>|(?<text>[^<]+)/g;
  const root = { tag: '#root', children: [] };
  const stack = [root];
  for (const { groups } of source.matchAll(token)) {
    const top = stack[stack.length - 1];
    if (groups.text !== undefined) {
      top.children.push(groups.text.replace(/&lt;/g, '<').replace(/&amp;/g, '&'));
    } else if (groups.open) {
      const attributes = {};
      for (const m of groups.attributes.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?/g)) {
        attributes[m[1]] = m[2] ?? m[3] ?? m[4] ?? true;
      }
      const node = { tag: groups.open, attributes, children: [] };
      top.children.push(node);
      if (!groups.self && !VOID.has(groups.open)) stack.push(node);
    } else if (groups.close) {
      while (stack.length > 1 && stack.pop().tag !== groups.close);
    }
  }
  return root;
}

const textOf = (node) => (typeof node === 'string' ? node : node.children.map(textOf).join(''));
const select = (node, test) => (typeof node === 'string' ? [] : [...(test(node) ? [node] : []), ...node.children.flatMap((c) => select(c, test))]);

const tree = parse(html);
const div = tree.children[0];
const images = select(tree, (n) => n.tag === 'img').map((n) => n.attributes);
return { attributes: div.attributes, text: textOf(tree), images, tags: select(tree, () => true).map((n) => n.tag), depth: (function d(n) { return typeof n === 'string' ? 0 : 1 + Math.max(0, ...n.children.map(d)); })(tree) };
