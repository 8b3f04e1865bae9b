// status: ok
// timeout: 20s
// value: false
// tools: echo,fail
// why: stacks of guest, tool and built-in errors must not name files of the host or of the bootstrap
let text = '';
const add = (e) => { text += String(e && e.stack) + String(e && e.message); };
add(new Error('plain'));
await tools.fail({}).catch(add);
await tools.nosuchtool().catch(add);
try { [1].map(() => JSON.parse('{')); } catch (e) { add(e); }
try { tools.echo.call(); } catch (e) { add(e); }
try { setTimeout(5); } catch (e) { add(e); }
/\/[a-z]+\/[a-z]|\/home|\/usr|\/build|\/tmp|\.c:|\.h:|\.wasm|bootstrap|node_modules/.test(text);
