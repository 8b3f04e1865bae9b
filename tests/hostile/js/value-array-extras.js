// status: ok
// timeout: 20s
// value: [1,2]
// why: named properties of an array stay behind
Object.assign([1, 2], { x: 3, '-1': 4, 4294967295: 5 });
