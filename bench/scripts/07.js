// 07: find the first hours when four people are free, pick a room, book it.
const minutes = (time) => {
  const [h, m] = time.split(":").map(Number);
  return h * 60 + m;
};
const clock = (t) => `${String(Math.floor(t / 60)).padStart(2, "0")}:${String(t % 60).padStart(2, "0")}`;

async function main() {
  const people = ["ada", "ben", "cora", "dan"];
  const [rooms, ...calendars] = await Promise.all([
    tools.listRooms({ floor: 2 }),
    ...people.map((person) => tools.getCalendar({ person })),
  ]);

  const days = [...new Set(calendars.flat().map((event) => event.day))].sort();
  const free = [];
  for (const day of days) {
    const busy = calendars
      .flat()
      .filter((event) => event.day === day && !event.optional)
      .map((event) => [minutes(event.start), minutes(event.end)])
      .sort((a, b) => a[0] - b[0]);
    let from = 9 * 60;
    for (const [start, end] of [...busy, [18 * 60, 18 * 60]]) {
      if (start - from >= 30) free.push({ day, from: clock(from), to: clock(start), length: start - from });
      from = Math.max(from, end);
    }
  }

  const room = rooms.filter((r) => r.video && r.seats >= people.length).sort((a, b) => a.seats - b.seats)[0];
  const slot = free.slice().sort((a, b) => b.length - a.length || (a.day < b.day ? -1 : 1))[0];
  const event = await tools.createEvent({ title: "Quarterly plan", room: room.name, people, ...slot });
  const load = calendars.map((list, i) => {
    const total = list.reduce((sum, e) => sum + minutes(e.end) - minutes(e.start), 0);
    return `${people[i]}: ${list.length} meetings, ${(total / 60).toFixed(1)} h`;
  });
  return { status: event.status, room: room.name, slot, options: free.length, load };
}

main();
