// the way that code which can be aborted is written
function sleep(ms, {signal} = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => { clearTimeout(id); reject(signal.reason); };
    const id = setTimeout(() => { signal?.removeEventListener('abort', stop); resolve('slept'); }, ms);
    signal?.addEventListener('abort', stop, {once: true});
  });
}
(async () => {
  const controller = new AbortController();
  console.log(await sleep(1, controller));
  setTimeout(() => controller.abort(), 5);
  try { await sleep(1000, controller); } catch (e) { console.log(e.name); }
  try { await sleep(1, {signal: AbortSignal.abort('already')}); } catch (e) { console.log(e); }
  try { await Promise.all([sleep(1000, {signal: AbortSignal.timeout(5)}), sleep(10)]); } catch (e) { console.log(e.name); }
})();
void 0;
