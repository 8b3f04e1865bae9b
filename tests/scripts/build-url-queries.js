// expect: {"url": "https://shop.example/search?q=desk+%26+lamp&tag=new&tag=sale&max=100", "tags": ["new", "sale"],
//   "rest": "?q=desk+%26+lamp&tag=new&tag=sale", "status": 404}
// tools: http_get
const endpoint = new URL('/search', 'https://shop.example/api/');
const filters = { q: 'desk & lamp', tag: ['new', 'sale'], max: 100, page: undefined };
for (const [key, value] of Object.entries(filters)) {
  if (value === undefined) continue;
  for (const item of [value].flat()) endpoint.searchParams.append(key, String(item));
}
const { status } = await tools.http_get({ url: endpoint.toString() });

const parsed = new URL(endpoint.href);
parsed.searchParams.delete('max');
parsed.searchParams.sort();
return { url: endpoint.href, tags: parsed.searchParams.getAll('tag'), rest: parsed.search, status };
