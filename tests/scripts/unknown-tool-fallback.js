// expect: ["Pagination", "Changelog"]
// tools: search
// Uses a better tool if the host has it.
const run = typeof tools.semantic_search === 'function' && 'semantic_search' in tools
  ? tools.semantic_search
  : tools.search;
const { hits } = await run({ query: 'cursor', limit: 2 });
hits.map(({ title }) => title)
