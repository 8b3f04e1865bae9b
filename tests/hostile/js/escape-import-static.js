// status: error
// timeout: 20s
// code: syntax_error
// why: a static import of a host module is no script
import { exec } from 'child_process';
exec('id');
