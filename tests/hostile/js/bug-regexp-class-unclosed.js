// status: ok
// value: "SyntaxError,taken"
// why: quickjs-ng issue 1354: a class of a v-pattern ends with the pattern, and the parser looks three bytes ahead
const seen = new Set();
for (const flag of ['v', 'u', ''])
  for (const text of ['[', '[a', '[^', '[a-', '[\\', '[\\q', '[\\q{', '[\\q{a|', '[[', '[a&', '[a&&', '[a-', '[a--', '[\\p', '[\\p{', '[\\p{L', '[\\u{', '(?<', '(?<a', '(?', '(?i', '(?i-', '\\k<', 'a{1', 'a{1,'])
    try { new RegExp(text, flag); seen.add('taken'); } catch (e) { seen.add(e.name); }
[...seen].sort().join();
