// status: ok
// timeout: 20s
// value: {"then":{"$type":"function","name":"then"}}
// why: without await a thenable is a value like others, and its then is not called
({ then() { for (;;); } });
