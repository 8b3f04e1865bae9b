// expect: {"url": "https://shop.example/api/items", "hops": ["301 /old", "302 /new"], "total": 19.75, "left": 58,
//   "loop": "more than 1 redirects from https://shop.example/old"}
// tools: http_get
type Response = { status: number; headers: Record<string, string>; body: string };

async function follow(start: string, maxHops = 5): Promise<{ url: string; hops: string[]; response: Response }> {
  const hops: string[] = [];
  let url = new URL(start);
  for (let i = 0; i <= maxHops; i++) {
    const response: Response = await tools.http_get({ url: url.href });
    if (response.status < 300 || response.status >= 400) return { url: url.href, hops, response };
    hops.push(`${response.status} ${url.pathname}`);
    url = new URL(response.headers.location, url);
  }
  throw new Error(`more than ${maxHops} redirects from ${start}`);
}

const { url, hops, response } = await follow('https://shop.example/old');
const { items } = JSON.parse(response.body) as { items: { id: number; price: string | null }[] };
const total = items.map(({ price }) => Number(price ?? 0)).reduce((a, b) => a + b);

const loop = await follow('https://shop.example/old', 1).catch((e: Error) => e.message);
return { url, hops, total, left: Number(response.headers['x-rate-limit']), loop };
