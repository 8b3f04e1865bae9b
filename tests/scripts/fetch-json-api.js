// expect: ["1=12.50 2=7.25 3=n/a", 503, 404, "not JSON: text/html", "ECONNREFUSED"]
// tools: http_get
async function getJson(url) {
  const { status, headers, body } = await tools.http_get({ url });
  if (status >= 400) throw Object.assign(new Error(`GET ${url} gave ${status}`), { status });
  if (!headers['content-type']?.includes('json')) throw new TypeError(`not JSON: ${headers['content-type'] ?? 'no type'}`);
  return JSON.parse(body);
}

const urls = ['api/items', 'busy', 'nothing', ''].map((path) => `https://shop.example/${path}`);
urls.push('https://down.example/x');

const results = [];
for (const url of urls) {
  try {
    const { items } = await getJson(url);
    results.push(items.map(({ id, price }) => `${id}=${price ?? 'n/a'}`).join(' '));
  } catch (e) {
    results.push(e.status ?? e.code ?? e.message);
  }
}
results
