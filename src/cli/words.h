/* A command line in one text, split as a POSIX shell splits words (2.2 Quoting): quotes and backslashes, no expansion,
 * no operators. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

/** Splits `text` into a terminated array of words, all in one block: free() it. NULL when it cannot; `*why` then says
 *  so in a static text. */
char **cli_words_split(const char *text, const char **why);

#endif
