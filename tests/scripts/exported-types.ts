// expect: {"usb": ["KB-01", "MN-27", "CB-US", "LP-05", "HS-03"], "tags": ["4k", "hdmi", "led", "quiet", "usb",
//   "wireless"]}
// tools: products
export interface Product { sku: string; price: number; tags: string[] }
export type Index = ReadonlyMap<string, readonly string[]>;

export const index = (products: readonly Product[]): Index => {
  const out = new Map<string, string[]>();
  for (const { sku, tags } of products) for (const tag of tags) out.set(tag, [...(out.get(tag) ?? []), sku]);
  return out;
};
export default async function main(): Promise<Index> {
  return index(await tools.products({}));
}

const found = await main();
return { usb: found.get('usb'), tags: [...found.keys()].sort() };
