const seen = await tools.t({ n: 1 }).then(value => ({ value }), error => ({
  name: error.name, message: error.message, code: error.code, data: error.data ?? null,
}));
seen
