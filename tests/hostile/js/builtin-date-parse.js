// status: ok
// timeout: 20s
// value: [true,true,true]
// why: date parsing of absurd text and of the day after the last
[Date.parse('9'.repeat(1e5)), Date.parse('('.repeat(1e5)), new Date(8.64e15 + 1).getTime()].map(Number.isNaN);
