// status: ok
// timeout: 20s
// value: 8000
// why: elements that become six times as long in code
const list: any[] = [@@8000*<a/>,@@];
list.length;
