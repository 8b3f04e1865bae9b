/* Reads what goes into cells and hands it over; inputs.h. */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "fail.h"
#include "language.h"
#include "source.h"

/* Puts the option in front of what is wrong with its value. */
static cloche_status blame(const char *option, cloche_status status, cloche_error *err) {
  char message[sizeof err->message];
  if (status == CLOCHE_OK) return status;
  memcpy(message, err->message, sizeof message);
  return cli_fail(err, status, "%s: %.200s", option, message);
}

static cloche_status read_modules(cli_inputs *out, cloche_error *err) {
  const cli_run_settings *settings = out->settings;
  if (settings->module_count == 0) return CLOCHE_OK;
  out->modules = calloc(settings->module_count, sizeof *out->modules);
  cloche_status status = out->modules ? CLOCHE_OK : cli_fail_memory(err);
  for (size_t i = 0; status == CLOCHE_OK && i < settings->module_count; i++) {
    cli_input_module *module = &out->modules[i];
    const char *path = settings->modules[i].path;
    status = cli_source_read(&module->text, path, (size_t)settings->limits.source_bytes, err);
    module->language = cli_language_guess(path, module->text.data, module->text.len);
  }
  return blame("--module", status, err);
}

cloche_status cli_inputs_read(cli_inputs *out, const cli_run_settings *settings, cloche_error *err) {
  *out = (cli_inputs){.settings = settings};
  cloche_status status = cli_context_make(&out->context, settings->context, settings->arguments,
                                          settings->argument_count, (size_t)settings->limits.result_bytes, err);
  if (status != CLOCHE_OK) return blame("--context", status, err);
  status = read_modules(out, err);
  if (status != CLOCHE_OK) return status;
  return cli_contents_read(&out->contents, &settings->files, (size_t)settings->limits.files_bytes, err);
}

void cli_inputs_free(cli_inputs *inputs) {
  for (size_t i = 0; inputs->modules && i < inputs->settings->module_count; i++)
    cli_bytes_free(&inputs->modules[i].text);
  free(inputs->modules);
  inputs->modules = NULL;
  if (inputs->settings) cli_contents_close(inputs->contents, &inputs->settings->files);
  inputs->contents = NULL;
  cli_bytes_free(&inputs->context);
}

cloche_status cli_inputs_give_tools(const cli_inputs *inputs, cloche_cell *cell, cloche_error *err) {
  const cli_run_settings *settings = inputs->settings;
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < settings->tool_count; i++) {
    cloche_tool tool = CLOCHE_TOOL_INIT;
    tool.name = settings->tools[i].name;
    status = cloche_cell_tool(cell, &tool, err);
  }
  return blame("--tool", status, err);
}

static cloche_status give_modules(const cli_inputs *inputs, cloche_cell *cell, cloche_error *err) {
  cloche_status status = CLOCHE_OK;
  for (size_t i = 0; status == CLOCHE_OK && i < inputs->settings->module_count; i++) {
    const cli_input_module *given = &inputs->modules[i];
    cloche_module module = CLOCHE_MODULE_INIT;
    module.name = inputs->settings->modules[i].name;
    module.source = given->text.data;
    module.source_len = given->text.len;
    module.language = given->language;
    status = cloche_cell_module(cell, &module, err);
  }
  return blame("--module", status, err);
}

cloche_status cli_inputs_give(const cli_inputs *inputs, cloche_cell *cell, cloche_error *err) {
  cloche_status status = cli_inputs_give_tools(inputs, cell, err);
  if (status == CLOCHE_OK) status = give_modules(inputs, cell, err);
  if (status == CLOCHE_OK) status = cli_contents_give(inputs->contents, &inputs->settings->files, cell, err);
  if (status != CLOCHE_OK) return status;
  return blame("--context", cloche_cell_context(cell, inputs->context.data, inputs->context.len, err), err);
}
