// status: ok
// timeout: 20s
// value: ["\ud800","a\udc00b"]
// why: text that is not well-formed must leave as valid JSON
['\ud800', 'a\udc00b'];
