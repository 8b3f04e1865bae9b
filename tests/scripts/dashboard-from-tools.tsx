// expect: [{"type": "metric", "label": "Oslo", "value": 3.5, "trend": "up", "icons": 1}, {"type": "metric",
//   "label": "Lima", "value": 24, "trend": "up", "icons": 0}]
// tools: weather
interface Weather { city: string; temp_c: number; sky: string; hourly: number[] }

const cities = ['Oslo', 'Lima'];
const reports: Weather[] = await Promise.all(cities.map((city) => tools.weather({ city }) as Promise<Weather>));

const trend = ({ hourly }: Weather): 'up' | 'down' => (hourly[hourly.length - 1] > hourly[0] ? 'up' : 'down');

const view = (
  <dashboard columns={2}>
    {reports.map((r) => (
      <metric label={r.city} value={r.temp_c} trend={trend(r)}>
        {r.sky === 'snow' ? <icon name="snowflake" /> : null}
      </metric>
    ))}
  </dashboard>
);

const metrics = view.children.flat();
metrics.map((m: any) => ({ type: m.type, ...m.props, icons: m.children.flat().filter(Boolean).length }));
