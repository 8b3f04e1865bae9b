// expect: [{"text": "SELECT * FROM orders LIMIT $1", "values": [10]},
//   {"text": "SELECT * FROM orders WHERE status IN ($1, $2) AND total > $3 AND name = $4 LIMIT $5", "values": ["open",
//   "paid", 0, "O'Neil; DROP TABLE", 10]}, {"text": "SELECT * FROM orders WHERE created_at >= $1 LIMIT $2",
//   "values": [{"$type": "date", "value": "2025-01-31T00:00:00.000Z"}, 10]}, "C:\\new\\${'x'}"]
type Primitive = string | number | boolean | null | Date;
class Sql {
  constructor(readonly strings: readonly string[], readonly values: readonly (Primitive | Sql)[]) {}

  compile(): { text: string; values: Primitive[] } {
    const values: Primitive[] = [];
    const walk = (part: Sql): string =>
      part.strings.reduce((text, s, i) => {
        if (i === 0) return s;
        const value = part.values[i - 1];
        if (value instanceof Sql) return text + walk(value) + s;
        values.push(value);
        return `${text}$${values.length}${s}`;
      }, '');
    return { text: walk(this).replace(/\s+/g, ' ').trim(), values };
  }
}

const sql = (strings: TemplateStringsArray, ...values: (Primitive | Sql)[]): Sql => new Sql(strings, values);
const join = (parts: Sql[], separator = ', '): Sql =>
  new Sql(['', ...parts.slice(1).map(() => separator), ''], parts);

interface Filter { status?: string[]; since?: Date; minimum?: number; name?: string }

function query({ status, since, minimum, name }: Filter): Sql {
  const where: Sql[] = [
    status?.length ? sql`status IN (${join(status.map((s) => sql`${s}`))})` : null,
    since && sql`created_at >= ${since}`,
    minimum !== undefined && sql`total > ${minimum}`,
    name ? sql`name = ${name}` : undefined,
  ].filter((part): part is Sql => part instanceof Sql);
  return sql`
    SELECT * FROM orders
    ${where.length ? sql`WHERE ${join(where, ' AND ')}` : sql``}
    LIMIT ${10}`;
}

return [
  query({}).compile(),
  query({ status: ['open', 'paid'], minimum: 0, name: "O'Neil; DROP TABLE" }).compile(),
  query({ since: new Date(Date.UTC(2025, 0, 31)), status: [] }).compile(),
  String.raw`C:\new\${'x'}`,
];
