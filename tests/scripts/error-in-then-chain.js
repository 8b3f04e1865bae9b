// expect: {"steps": ["caught not_found", "finally"], "value": {"name": "TypeError",
//   "message": "translated: no such customer: ghost", "cause": "NotFoundError"}}
// tools: customer
const steps = [];
const value = await tools.customer({ id: 'ghost' })
  .then(() => steps.push('never'))
  .catch((e) => {
    steps.push(`caught ${e.code}`);
    throw new TypeError(`translated: ${e.message}`, { cause: e });
  })
  .then(() => steps.push('never either'))
  .catch((e) => ({ name: e.name, message: e.message, cause: e.cause.name }))
  .finally(() => steps.push('finally'));
({ steps, value });
