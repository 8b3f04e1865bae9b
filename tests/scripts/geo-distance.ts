// expect: {"shortest": {"route": "Oslo > Madrid > Berlin > Tokyo > Oslo", "km": 21579}, "longest": 22905}
// tools: geocode
type Place = { name: string; lat: number; lon: number };
const R = 6371;
const rad = (deg: number) => (deg * Math.PI) / 180;

function haversine(a: Place, b: Place): number {
  const dLat = rad(b.lat - a.lat);
  const dLon = rad(b.lon - a.lon);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * R * Math.asin(Math.sqrt(h));
}

const names = ['Oslo', 'Berlin', 'Madrid', 'Tokyo'];
const places: Place[] = await Promise.all(names.map((place) => tools.geocode({ place })));

function permutations<T>(list: T[]): T[][] {
  if (list.length <= 1) return [list];
  return list.flatMap((head, i) => permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((tail) => [head, ...tail]));
}

const [home, ...others] = places;
const tours = permutations(others).map((order) => {
  const route = [home, ...order, home];
  const km = route.slice(1).reduce((sum, place, i) => sum + haversine(route[i], place), 0);
  return { route: route.map((p) => p.name).join(' > '), km: Math.round(km) };
});

const shortest = tours.reduce((a, b) => (b.km < a.km ? b : a));
return { shortest, longest: Math.max(...tours.map((t) => t.km)) };
