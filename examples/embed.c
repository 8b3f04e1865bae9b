/* The smallest host: one cell, one tool that answers at once, one run. */
#include <cloche.h>
#include <stdio.h>
#include <string.h>

static void weather(void *user, cloche_cell *cell, uint64_t call_id, const char *argument, size_t argument_len) {
  (void)user;
  printf("the script asks for the weather with %.*s\n", (int)argument_len, argument);
  const char *answer = "{\"degrees\": 21, \"sky\": \"clear\"}";
  cloche_cell_resolve(cell, call_id, answer, strlen(answer), NULL);
}

int main(void) {
  static const char source[] =
      "const w = await tools.weather({city: 'Oslo'});\n"
      "console.log('looked out of the window');\n"
      "`${w.degrees} degrees, ${w.sky}`";
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine = NULL;
  cloche_thread *thread = NULL;
  cloche_cell *cell = NULL;
  cloche_result result = {.status = CLOCHE_INTERNAL};
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = "weather";
  tool.fn = weather;

  if (cloche_engine_open(&engine, NULL, &err)) goto out;
  if (cloche_thread_open(&thread, NULL, &err)) goto out;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err)) goto out;
  if (cloche_cell_tool(cell, &tool, &err)) goto out;
  if (cloche_cell_eval(cell, source, sizeof source - 1, NULL, &result, &err)) goto out;
  for (cloche_event e; cloche_cell_next_event(cell, &e);) printf("%s: %.*s\n", e.type, (int)e.text_len, e.text);
  if (result.status == CLOCHE_OK) printf("value: %s\n", result.value ? result.value : "undefined");
  else printf("failed: %s: %s\n", result.error_name, result.error_message);

out:
  if (err.status) fprintf(stderr, "embed: %s\n", err.message);
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return result.status != CLOCHE_OK;
}
