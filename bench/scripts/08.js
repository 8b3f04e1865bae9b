// 08: logs of three services: error rates, latency percentiles, bad minutes.
const percentile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))];

async function inspect(service) {
  const [lines, deploys] = await Promise.all([
    tools.fetchLogs({ service: service.name, hours: 1 }),
    tools.getDeploys({ service: service.name }),
  ]);
  const entries = lines.map((line) => {
    const [, time, level, path, ms, text] = line.match(/^(\S+) (\w+) (\S+) (\d+)ms (.*) id=\w+$/);
    return { time, level, path, ms: Number(ms), text };
  });
  const errors = entries.filter((e) => e.level === "ERROR");
  const latencies = entries.map((e) => e.ms).sort((a, b) => a - b);

  const messages = {};
  const paths = {};
  for (const error of errors) messages[error.text] = (messages[error.text] || 0) + 1;
  for (const { path, ms } of entries) {
    const p = paths[path] || (paths[path] = { count: 0, total: 0 });
    p.count++;
    p.total += ms;
  }
  const slowest = Object.entries(paths).sort((a, b) => b[1].total / b[1].count - a[1].total / a[1].count)[0];
  const firstError = errors.length ? errors[0].time : null;
  const suspect = deploys.filter((d) => firstError && d.at <= firstError).sort((a, b) => (a.at < b.at ? 1 : -1))[0];

  return {
    service: service.name,
    owner: service.owner,
    errorRate: ((errors.length / entries.length) * 100).toFixed(1) + "%",
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    messages,
    slowest: `${slowest[0]} (${Math.round(slowest[1].total / slowest[1].count)} ms)`,
    suspect: suspect ? suspect.version : "none",
  };
}

(async () => {
  const services = await tools.listServices({});
  const reports = await Promise.all(services.map(inspect));
  const bad = reports.filter((r) => parseFloat(r.errorRate) > 8 || r.p95 > 220);
  const text = bad.map((r) => `*${r.service}* (@${r.owner}): ${r.errorRate} errors, p95 ${r.p95} ms`).join("\n");
  const posted = bad.length ? await tools.postMessage({ channel: "#ops", text }) : { ok: false };
  return { reports, text, posted: posted.ok };
})();
