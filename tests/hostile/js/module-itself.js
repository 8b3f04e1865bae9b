// status: ok
// timeout: 20s
// module: me.js=import * as me from './me.js';\nimport { x as y } from 'me.js';\nexport const x = 1;\nexport { me };\nexport const same = () => me.me.me.x + y;
// value: 2
// why: a module that imports itself under two names
import { same } from './me.js';
same();
