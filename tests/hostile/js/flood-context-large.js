// status: ok
// value: [20001,401,3]
// timeout: 20s
// context: {"list": [@@20000*{"n": #, "text": "\u0000\ud83d\ude00"},@@0], "deep": @@200*[@@1@@200*]@@}
// why: a large and deep context, written back at once
[context.list.length, JSON.stringify(context.deep).length, context.list[19999].text.length];
