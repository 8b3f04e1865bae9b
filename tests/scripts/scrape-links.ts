// expect: {"status": 200, "title": "Shop & Co", "links": [{"label": "Desks", "host": "shop.example", "path": "/desks",
//   "external": false, "query": {"page": "1"}}, {"label": "Lamps", "host": "other.example", "path": "/lamps",
//   "external": true}, {"label": "About us", "host": "shop.example", "path": "/about", "external": false,
//   "fragment": "team"}]}
// tools: http_get
const base = 'https://shop.example/';
const { body, status }: { body: string; status: number } = await tools.http_get({ url: base });

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const decode = (s: string) => s.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);

const title = decode(/<title>(.*?)<\/title>/s.exec(body)?.[1] ?? '');
const links = Array.from(body.matchAll(/<a\s+href=(["'])(.*?)\1>(.*?)<\/a>/g), ([, , href, label]) => {
  const url = new URL(href, base);
  return {
    label,
    host: url.hostname,
    path: url.pathname,
    external: url.origin !== new URL(base).origin,
    ...(url.search && { query: Object.fromEntries(url.searchParams) }),
    ...(url.hash && { fragment: url.hash.slice(1) }),
  };
});

return { status, title, links };
