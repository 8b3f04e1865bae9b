// status: ok
// timeout: 20s
// value: "\u0000\n\"\\/é😀"
// why: text with NUL, quotes and characters beyond the basic plane
'\0\n"\\/\u00e9\u{1f600}';
