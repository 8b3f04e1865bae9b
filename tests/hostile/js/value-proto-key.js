// status: ok
// timeout: 20s
// value: {"__proto__":{"evil":1},"constructor":1}
// why: an own property named __proto__ is a key like others
JSON.parse('{"__proto__": {"evil": 1}, "constructor": 1}');
