// 05: issue triage: score open issues, read the comments of the hottest, assign.
async function main() {
  const [issues, members] = await Promise.all([
    tools.listIssues({ repo: "demo/app" }),
    tools.listMembers({ team: "core" }),
  ]);
  const weights = { security: 50, bug: 20, performance: 15, feature: 5 };
  const now = Date.parse("2024-07-01T00:00:00Z");

  const scored = issues
    .filter((issue) => issue.state === "open")
    .map((issue) => {
      const days = Math.floor((now - Date.parse(issue.createdAt)) / 86400000);
      const weight = issue.labels.reduce((sum, label) => sum + (weights[label] || 0), 0);
      return { ...issue, days, score: weight + issue.comments + Math.floor(days / 7) };
    })
    .sort((a, b) => b.score - a.score || a.number - b.number);

  const load = Object.fromEntries(members.map((m) => [m.login, m.load]));
  const plan = [];
  for (const issue of scored.slice(0, 8)) {
    const comments = await tools.getComments({ issue: issue.number });
    const urgent = comments.some((c) => /\burgent\b/i.test(c.body));
    const candidates = members.filter((m) => m.areas.some((area) => issue.labels.includes(area)));
    const pick = (candidates.length ? candidates : members)
      .slice()
      .sort((a, b) => load[a.login] - load[b.login] || (a.login < b.login ? -1 : 1))[0];
    load[pick.login] += urgent ? 2 : 1;
    plan.push(`#${issue.number} "${issue.title}" -> @${pick.login}${urgent ? " (urgent)" : ""}, score ${issue.score}`);
  }

  const counts = {};
  for (const issue of scored) {
    for (const label of issue.labels.length ? issue.labels : ["none"]) {
      counts[label] = (counts[label] || 0) + 1;
    }
  }
  return { open: scored.length, plan, counts, load };
}

main();
