/* What the environment says of terminals. */
#include "colours.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cli_is_smart_terminal(int fd) {
  const char *term = getenv("TERM");
  return isatty(fd) && term && term[0] && strcmp(term, "dumb") != 0;
}

bool cli_has_colours(int fd) {
  const char *no_color = getenv("NO_COLOR");
  return cli_is_smart_terminal(fd) && !(no_color && no_color[0]);
}
