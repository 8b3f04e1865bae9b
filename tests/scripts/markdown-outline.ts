// expect: {"outline": [{"Release notes": ["Added", {"Removed": ["Details"]}]}], "links": [{"label": "link",
//   "href": "https://a.example/x"}, {"label": "guide", "href": "https://b.example/guide"}], "items": 4}
// tools: read_file
interface Heading { level: number; text: string; children: Heading[] }

const markdown = (await tools.read_file({ path: 'notes.md' })) as string;

function outline(md: string): Heading {
  const root: Heading = { level: 0, text: 'root', children: [] };
  const stack: Heading[] = [root];
  let fenced = false;
  for (const line of md.split('\n')) {
    if (line.startsWith('```')) {
      fenced = !fenced;
      continue;
    }
    const m = fenced ? null : /^(#{1,6})\s+(.*)$/.exec(line);
    if (!m) continue;
    const heading: Heading = { level: m[1].length, text: m[2], children: [] };
    while (stack.at(-1)!.level >= heading.level) stack.pop();
    stack.at(-1)!.children.push(heading);
    stack.push(heading);
  }
  return root;
}

const links = [...markdown.matchAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g)].map(([, label, href]) => ({ label, href }));
const items = markdown.split('\n').filter((l) => /^(-|\d+\.)\s/.test(l)).length;
const strip = ({ text, children }: Heading): unknown => (children.length ? { [text]: children.map(strip) } : text);

return { outline: outline(markdown).children.map(strip), links, items };
