// status: error
// code: syntax_error
// why: import.meta is not for scripts
import.meta.url;
