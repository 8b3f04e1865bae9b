// status: error
// timeout: 20s
// code: syntax_error
// why: import.meta is not for scripts
import.meta.url;
