// status: ok
// timeout: 20s
// value: ["rejected","rejected","rejected","rejected"]
// why: dynamic import of host modules, files and URLs
await Promise.all(['fs', 'std', '/etc/passwd', 'file:///etc/passwd'].map((m) => import(m).then(() => 'loaded', () => 'rejected')));
