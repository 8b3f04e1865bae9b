/* The host of embed.c with its guest in a jailed process: cloche_pool_open in the place of cloche_thread_open, and nothing
 * else. With the argument "here" it is embed.c again. */
#include <cloche_pool.h>
#include <stdio.h>
#include <string.h>

static void weather(void *user, cloche_cell *cell, uint64_t call_id, const char *argument, size_t argument_len) {
  (void)user;
  printf("the script asks for the weather with %.*s\n", (int)argument_len, argument);
  const char *answer = "{\"degrees\": 21, \"sky\": \"clear\"}";
  cloche_cell_resolve(cell, call_id, answer, strlen(answer), NULL);
}

int main(int argc, char **argv) {
  static const char source[] =
      "const w = await tools.weather({city: 'Oslo'});\n"
      "console.log('looked out of the window');\n"
      "`${w.degrees} degrees, ${w.sky}`";
  cloche_error err = CLOCHE_ERROR_INIT;
  cloche_engine *engine = NULL;
  cloche_thread *thread = NULL;
  cloche_cell *cell = NULL;
  cloche_result result = {.status = CLOCHE_INTERNAL};
  cloche_worker_info worker;
  cloche_tool tool = CLOCHE_TOOL_INIT;
  tool.name = "weather";
  tool.fn = weather;

  bool here = argc > 1 && strcmp(argv[1], "here") == 0;
  if (here ? cloche_thread_open(&thread, NULL, &err) : cloche_pool_open(&thread, NULL, &err)) goto out;
  if (cloche_engine_open(&engine, NULL, &err)) goto out;
  if (cloche_cell_open(&cell, thread, engine, NULL, &err)) goto out;
  if (cloche_cell_tool(cell, &tool, &err)) goto out;
  if (cloche_cell_eval(cell, source, sizeof source - 1, NULL, &result, &err)) goto out;
  for (cloche_event e; cloche_cell_next_event(cell, &e);) printf("%s: %.*s\n", e.type, (int)e.text_len, e.text);
  if (result.status == CLOCHE_OK) printf("value: %s\n", result.value ? result.value : "undefined");
  else printf("failed: %s: %s\n", result.error_name, result.error_message);
  for (size_t i = 0; !here && cloche_pool_worker(thread, i, &worker); i++)
    if (worker.cells > 0) printf("a worker has run it, %s\n", worker.layers & CLOCHE_JAIL_SECCOMP ? "jailed" : "free");

out:
  if (err.status) fprintf(stderr, "pool: %s\n", err.message);
  cloche_cell_close(cell);
  cloche_thread_close(thread);
  cloche_engine_close(engine);
  return result.status != CLOCHE_OK;
}
