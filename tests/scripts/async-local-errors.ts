// expect: {"answers": ["200 item 7", "403 bob", "404", "403 guest", "500 boom", "500 next() called twice"], "seen": 6}
type Handler<T> = (input: T, next: () => Promise<string>) => Promise<string>;

function compose<T>(...handlers: Handler<T>[]): (input: T) => Promise<string> {
  return (input) => {
    const run = (i: number): Promise<string> => {
      const handler = handlers[i];
      if (!handler) return Promise.resolve('end');
      let called = false;
      return handler(input, () => {
        if (called) return Promise.reject(new Error('next() called twice'));
        called = true;
        return run(i + 1);
      });
    };
    return run(0);
  };
}

interface Request { path: string; user?: { name: string; admin?: boolean } | null }
const log: string[] = [];

const handle = compose<Request>(
  async (req, next) => {
    try {
      return await next();
    } catch (e) {
      return `500 ${(e as Error).message}`;
    } finally {
      log.push(req.path);
    }
  },
  async ({ user, path }, next) => (path.startsWith('/admin') && !user?.admin ? `403 ${user?.name ?? 'guest'}` : next()),
  async ({ path }, next) => {
    const m = path.match(/^\/items\/(?<id>\d+)$/);
    return m ? `200 item ${Number(m.groups!.id)}` : next();
  },
  async ({ path }, next) => {
    if (path === '/twice') await next();
    return path === '/boom' ? Promise.reject(new Error('boom')) : next();
  },
  async () => '404',
);

const answers: string[] = [];
for (const request of [{ path: '/items/007' }, { path: '/admin', user: { name: 'bob' } }, { path: '/admin', user: { name: 'ada', admin: true } }, { path: '/admin', user: null }, { path: '/boom' }, { path: '/twice' }] as Request[]) {
  answers.push(await handle(request));
}
({ answers, seen: log.length });
