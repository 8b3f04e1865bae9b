// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: Cannot find module 'child_process'. This cell has no modules.
// why: a static import of a host module finds nothing
import { exec } from 'child_process';
exec('id');
