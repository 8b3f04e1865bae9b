/* What the command line gives to every cell: tools, modules, the context. The files are read once, whatever the number
 * of cells. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "bytes.h"
#include "cloche.h"
#include "files.h"
#include "run_settings.h"

typedef struct cli_input_module {
  cli_bytes text;
  const char *language;
} cli_input_module;

typedef struct cli_inputs {
  const cli_run_settings *settings;
  cli_bytes context;
  cli_input_module *modules; /* as many as the settings have */
  cli_content *contents;     /* likewise, of its files */
} cli_inputs;

/** Reads every file that the settings name, which outlive it. What is wrong is said with the option it belongs to.
 *  Free it in any case. */
cloche_status cli_inputs_read(cli_inputs *out, const cli_run_settings *settings, cloche_error *err);
void cli_inputs_free(cli_inputs *inputs);

/** Gives everything, or the tools alone, to a cell that has no run on. */
cloche_status cli_inputs_give_tools(const cli_inputs *inputs, cloche_cell *cell, cloche_error *err);
cloche_status cli_inputs_give(const cli_inputs *inputs, cloche_cell *cell, cloche_error *err);

#endif
