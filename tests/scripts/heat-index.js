// expect: [{"city": "Lima", "range": 8, "mean": 23.3, "sd": 2.61}, {"city": "Madrid", "range": 14, "mean": 20,
//   "sd": 4.472}, {"city": "Tokyo", "range": 7, "mean": 15.9, "sd": 2.119}, {"city": "Berlin", "range": 8,
//   "mean": 10.4, "sd": 2.538}, {"city": "Oslo", "range": 4, "mean": 3, "sd": 1.414}]
// output: ["Lima    ############", "Madrid  ##########", "Tokyo   ########", "Berlin  #####", "Oslo    ##"]
// tools: weather
const cities = ['Madrid', 'Tokyo', 'Lima', 'Oslo', 'Berlin'];
const all = await Promise.all(cities.map((city) => tools.weather({ city })));

const stats = all.map(({ city, hourly }) => {
  const min = Math.min(...hourly);
  const max = Math.max(...hourly);
  const mean = hourly.reduce((a, b) => a + b) / hourly.length;
  const variance = hourly.reduce((acc, t) => acc + (t - mean) ** 2, 0) / hourly.length;
  return { city, range: max - min, mean, sd: Number(Math.sqrt(variance).toFixed(3)) };
});

const bar = (n) => '#'.repeat(Math.round(n));
stats
  .sort((a, b) => b.mean - a.mean)
  .forEach(({ city, mean }) => console.log(city.padEnd(7), bar(mean / 2)));

return stats;
