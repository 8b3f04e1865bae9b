// An agent's script that may not pay by itself: a person decides, tomorrow perhaps.
const invoices = await tools.invoices();
const due = invoices.filter(i => i.due <= "2026-03-31").sort((a, b) => b.amount - a.amount);
const total = due.reduce((sum, i) => sum + i.amount, 0);
console.log(`${due.length} invoices are due, ${total} in all`);

const decision = await tools.approve({pay: due.map(i => i.id), total});
if (!decision.yes) throw new Error(`not paid: ${decision.why}`);

const paid = [];
for (const invoice of due) paid.push(await tools.pay({id: invoice.id, by: decision.by}));
console.log("paid", paid);
({paid: paid.length, by: decision.by});
