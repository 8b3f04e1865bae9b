// expect: {"sessions": 17, "bought": 4, "longest": {"user": "u6", "start": "2025-03-05T09:49:00Z", "events": 3,
//   "bought": true}}
// tools: events
interface Visit { seq: number; user: string; kind: string; at: string }
interface Session { user: string; start: string; events: number; bought: boolean }

const { items }: { items: readonly Visit[] } = await tools.events({ size: 100 });
const GAP = 12 * 3600 * 1000;

const byUser = items.reduce((map, visit) => {
  map.set(visit.user, [...(map.get(visit.user) ?? []), visit]);
  return map;
}, new Map<string, Visit[]>());

const sessions: Session[] = [];
for (const [user, visits] of byUser) {
  visits.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  let current: Session | null = null;
  let last = -Infinity;
  for (const visit of visits) {
    const time = Date.parse(visit.at);
    if (current === null || time - last > GAP) {
      current = { user, start: visit.at, events: 0, bought: false };
      sessions.push(current);
    }
    current.events++;
    current.bought ||= visit.kind === 'buy';
    last = time;
  }
}

const longest = sessions.reduce((a, b) => (b.events > a.events ? b : a));
return { sessions: sessions.length, bought: sessions.filter((s) => s.bought).length, longest };
