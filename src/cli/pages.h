/* What the build makes from the table of subcommands: the man page, and what shells offer. All write to stdout. */
#ifndef CLI_PAGES_H
#define CLI_PAGES_H

void cli_man_write(void);
void cli_bash_write(void);
void cli_zsh_write(void);
void cli_fish_write(void);

#endif
