// 03: sales of four quarters by region, against the targets, as a table.
async function main() {
  const quarters = ["Q1", "Q2", "Q3", "Q4"];
  const [targets, ...sales] = await Promise.all([
    tools.getTargets({ year: 2024 }),
    ...quarters.map((quarter) => tools.listSales({ quarter })),
  ]);

  const regions = {};
  const reps = {};
  sales.forEach((rows, q) => {
    for (const { region, rep, revenue } of rows) {
      regions[region] = regions[region] || [0, 0, 0, 0];
      regions[region][q] += revenue;
      reps[rep] = (reps[rep] || 0) + revenue;
    }
  });

  const header = ["region", ...quarters, "total", "target"].map((h) => h.padStart(9)).join(" |");
  const table = Object.keys(regions).sort().map((region) => {
    const values = regions[region];
    const total = values.reduce((a, b) => a + b, 0);
    const percent = `${Math.round((total / targets[region]) * 100)}%`;
    return [region, ...values.map((v) => v.toFixed(0)), total.toFixed(0), percent]
      .map((cell) => cell.padStart(9)).join(" |");
  });

  const ranking = Object.entries(reps)
    .map(([rep, revenue]) => ({ rep, revenue: Math.round(revenue) }))
    .sort((a, b) => b.revenue - a.revenue);
  return [header, ...table, "", `Best: ${ranking.slice(0, 3).map((r) => `${r.rep} (${r.revenue})`).join(", ")}`].join("\n");
}

main();
