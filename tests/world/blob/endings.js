// ours: a lone CR is a line ending, too, as the File API says; Node leaves it
const text = 'a\nb\r\nc\rd\r\r\ne\n\r';
(async () => {
  for (const endings of [undefined, 'transparent', 'native']) console.log(JSON.stringify(await new Blob([text], {endings}).text()));
  console.log(JSON.stringify(await new Blob(['\r', '\n', new Uint8Array([13, 10])], {endings: 'native'}).text()));
  for (const endings of ['Native', '', null, 1]) try { new Blob([], {endings}); console.log('taken'); } catch (e) { console.log(e.name); }
})();
void 0;
