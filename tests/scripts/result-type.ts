// expect: ["#1001 paid", {"code": "not_found", "message": "no such order: 4242", "data": {"id": 4242}},
//   {"code": "invalid_argument", "message": "'id' is missing or of the wrong type", "data": {"field": "id"}}]
// tools: order
type Result<T, E = Error> = { ok: true; value: T } | { ok: false; error: E };

async function attempt<T>(promise: Promise<T>): Promise<Result<T, { code: string; message: string; data?: unknown }>> {
  try {
    return { ok: true, value: await promise };
  } catch (e) {
    const { code = 'unknown', message, data } = e as { code?: string; message: string; data?: unknown };
    return { ok: false, error: { code, message, data } };
  }
}

const ids: unknown[] = [1001, 4242, 'x'];
const results = await Promise.all(ids.map((id) => attempt<{ id: number; status: string }>(tools.order({ id }))));

return results.map((r) => (r.ok ? `#${r.value.id} ${r.value.status}` : r.error));
