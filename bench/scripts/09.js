// 09: expense audit: three months of expenses checked against the policies.
async function main() {
  const employees = await tools.listEmployees({});
  const months = ["2024-04", "2024-05", "2024-06"];
  const expenses = (await Promise.all(months.map((month) => tools.listExpenses({ month })))).flat();

  const policies = {};
  for (const category of new Set(expenses.map((e) => e.category))) {
    policies[category] = await tools.getPolicy({ category });
  }

  const byId = new Map(employees.map((e) => [e.id, e]));
  const departments = {};
  const violations = [];
  for (const expense of expenses) {
    const employee = byId.get(expense.employee);
    const policy = policies[expense.category];
    const dept = (departments[employee.department] = departments[employee.department] || { total: 0, count: 0, flagged: 0 });
    dept.total += expense.amount;
    dept.count++;
    const reasons = [];
    if (expense.amount > policy.limit) reasons.push(`over ${policy.limit}`);
    if (!expense.receipt && expense.amount >= policy.receiptFrom) reasons.push("no receipt");
    if (reasons.length === 0) continue;
    dept.flagged++;
    violations.push({ id: expense.id, who: employee.name, manager: employee.manager, amount: expense.amount, reasons });
  }

  violations.sort((a, b) => b.reasons.length - a.reasons.length || b.amount - a.amount);
  const managers = violations.reduce((m, v) => ({ ...m, [v.manager || "board"]: (m[v.manager || "board"] || 0) + 1 }), {});
  const table = Object.entries(departments)
    .sort((a, b) => b[1].total - a[1].total)
    .map(([name, d]) => `${name.padEnd(12)}${d.total.toFixed(2).padStart(10)} ${d.flagged}/${d.count}`);
  await tools.sendEmail({ to: "audit@example.com", subject: "Expenses", body: table.join("\n") });
  return {
    table,
    managers,
    worst: violations.slice(0, 5).map((v) => `${v.id} ${v.who}: ${v.amount} (${v.reasons.join(", ")})`),
  };
}

main();
