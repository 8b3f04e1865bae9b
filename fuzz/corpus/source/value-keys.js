// status: ok
// timeout: 20s
// value: {"1":"b","10":"c","":"a","a\u0000b":"d","\"\\":"e","é😀":"f"}
// why: keys that are empty, numbers, or need escapes
({ '': 'a', 10: 'c', 1: 'b', 'a\0b': 'd', '"\\': 'e', '\u00e9\u{1f600}': 'f' });
