// text is always UTF-8; what is not is replaced, a byte order mark is dropped
(async () => {
  console.log(await new Blob([new Uint8Array([0xff, 97, 0xc3, 98, 0xe2, 0x82, 99])]).text());
  console.log(JSON.stringify(await new Blob([new Uint8Array([0xef, 0xbb, 0xbf, 97])]).text()));
  console.log(JSON.stringify(await new Blob(['\ufeffa']).text()), new Blob(['\ufeffa']).size);
  console.log(await new Blob(['ok \ud800 end']).text(), new Blob(['\ud800', '\udc00']).size);
  console.log(await new Blob(['😀', 'é€']).text(), JSON.stringify(await new Blob().text()));
  console.log(await new Blob(['x'], {type: 'text/plain;charset=utf-16'}).text());
})();
void 0;
