// status: ok
// timeout: 20s
// value: 3
// why: text that ends wrappers of naive hosts: brackets, quotes, comment marks
/* */ // }); } ` */ <!-- -->
let r = 1; /* ${ */ r = '})();`\u2028'.length > 3 ? 3 : 0;
r;
