// expect: {"depth": {"$type": "map", "entries": [["d1", 0], ["d2", 1], ["d4", 1], ["d5", 2], ["d3", 2]]},
//   "requests": 5}
// tools: document
type Doc = { id: string; title: string; links: string[] };

class Crawler {
  readonly #seen = new Map<string, Doc>();
  #requests = 0;

  constructor(private readonly start: string, private readonly maxDepth = 3) {}

  get requests(): number {
    return this.#requests;
  }

  async run(): Promise<Map<string, number>> {
    const depth = new Map<string, number>([[this.start, 0]]);
    let frontier = [this.start];
    for (let level = 0; frontier.length > 0 && level <= this.maxDepth; level++) {
      const docs = await Promise.all(frontier.map((id) => this.load(id)));
      frontier = [];
      for (const doc of docs) {
        for (const link of doc.links) {
          if (!depth.has(link)) {
            depth.set(link, level + 1);
            frontier.push(link);
          }
        }
      }
    }
    return depth;
  }

  private async load(id: string): Promise<Doc> {
    const known = this.#seen.get(id);
    if (known) return known;
    this.#requests++;
    const doc: Doc = await tools.document({ id });
    this.#seen.set(id, doc);
    return doc;
  }
}

const crawler = new Crawler('d1');
const depth = await crawler.run();
return { depth, requests: crawler.requests };
