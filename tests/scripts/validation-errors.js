// expect: [{"code": "invalid_address", "field": "to"}, {"code": "invalid_argument", "field": "subject"},
//   {"code": "empty_query"}, {"code": "invalid_argument", "field": "query"}]
// tools: send_email, search
const problems = [];
for (const attempt of [
  () => tools.send_email({ to: 'nobody', subject: 'x' }),
  () => tools.send_email({ to: 'a@b.example' }),
  () => tools.search({ query: '   ' }),
  () => tools.search({}),
]) {
  try {
    await attempt();
    problems.push(null);
  } catch (e) {
    problems.push({ code: e.code, ...(e.data && { field: e.data.field }) });
  }
}
return problems;
