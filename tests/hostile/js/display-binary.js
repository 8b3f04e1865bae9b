// status: ok
// timeout: 20s
// value: "after"
// why: bytes that say they are images and are none, and a mebibyte of them
for (const head of [[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50], []]) {
  const b = new Uint8Array(100000);
  b.set(head);
  display(b); display(b.buffer); display(new DataView(b.buffer, 3)); display(b, 'text/html'); display(b, 'png');
}
display(new Uint8Array(1 << 20));
'after';
