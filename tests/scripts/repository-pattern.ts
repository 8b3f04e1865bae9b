// expect: {"cheap": ["HDMI cable 2 m", "USB-C cable 1 m"], "name": "Headset", "germans": ["ada", "hal"],
//   "missing": "customer bob is not there", "fetches": 2}
// tools: products, customers
interface Entity<K extends string | number> { readonly key: K }

abstract class Repository<T extends Entity<string>> {
  private cache?: Promise<Map<string, T>>;

  protected abstract fetch(): Promise<T[]>;
  abstract readonly label: string;

  private load(): Promise<Map<string, T>> {
    return (this.cache ??= this.fetch().then((rows) => new Map(rows.map((row) => [row.key, row]))));
  }

  async get(key: string): Promise<T> {
    const found = (await this.load()).get(key);
    if (!found) throw new RangeError(`${this.label} ${key} is not there`);
    return found;
  }

  async where(predicate: (row: T) => boolean): Promise<T[]> {
    return [...(await this.load()).values()].filter(predicate);
  }
}

type Product = Entity<string> & { name: string; price: number };
type Customer = Entity<string> & { name: string; country: string };

let fetches = 0;
class Products extends Repository<Product> {
  readonly label = 'product';
  protected async fetch() {
    fetches++;
    const rows: any[] = await tools.products({});
    return rows.map(({ sku: key, name, price }) => ({ key, name, price }));
  }
}
class Customers extends Repository<Customer> {
  override readonly label = 'customer';
  protected override async fetch() {
    fetches++;
    return (await tools.customers({ country: 'DE' })).map((c: any) => ({ key: c.id, name: c.name, country: c.country }));
  }
}

const products = new Products();
const customers = new Customers();
const cheap = (await products.where((p) => p.price < 10)).map((p) => p.name);
const { name } = await products.get('HS-03');
const germans = await customers.where(() => true);
const missing = await customers.get('bob').catch((e: RangeError) => e.message);
return { cheap, name, germans: germans.map((c) => c.key), missing, fetches };
