/* What a failed command says becomes what the guest's promise is rejected with. */
#ifndef CLI_TOOL_ERROR_H
#define CLI_TOOL_ERROR_H

#include "reply.h"

/** The answer of a command that said no: `text` is what it wrote to stderr, `ending` how it ended, as in "exited with
 *  status 1". Where the text, or its last line, is {"error":{name, message, code, data}}, that is used. */
cli_reply cli_tool_error(const char *tool, const char *ending, const cli_bytes *text);

#endif
