// status: error
// code: uncaught_error
// error: TypeError: no
// timeout: 20s
// why: an error behind two thousand elements in its line: its column is found through as many entries of the map
const list: any[] = [@@2000*<a b={#}/>,@@]; throw new TypeError('no');
