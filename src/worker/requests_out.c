/* Writes what a supervisor asks; wire.h. */
#include <stdio.h>
#include <string.h>

#include "wire.h"

static void put(const cl_sink *sink, const char *text) { sink->put(sink->user, text, strlen(text)); }

static void put_number(const cl_sink *sink, const char *before, uint64_t number) {
  put(sink, before);
  cl_put_number(sink, number);
}

static void put_word(const cl_sink *sink, const char *before, const char *word) {
  if (!word) return;
  put(sink, before);
  cl_put_string(sink, cl_text_of(word));
}

static void put_flag(const cl_sink *sink, const char *text, bool flag) {
  if (flag) put(sink, text);
}

/* ---- a request */

void cl_ask_begin(const cl_sink *sink, uint64_t id, uint64_t cell) {
  put_number(sink, "{\"id\":\"", id);
  put_number(sink, "\",\"session\":\"", cell);
  put(sink, "\"");
}

void cl_ask_end(const cl_sink *sink) { put(sink, "}\n"); }

/* Numbers beyond 2^53 stand as texts: for readers to whom numbers are doubles. */
static void put_long(const cl_sink *sink, const char *before, uint64_t number) {
  put_number(sink, before, number);
  put(sink, "\"");
}

static void put_limits(const cl_sink *sink, const cloche_limits *limits) {
  cloche_limits usual;
  cloche_limit_info have, want;
  bool any = false;
  if (cloche_limits_profile(&usual, NULL, NULL) != CLOCHE_OK) return; /* it is in the library */
  for (size_t i = 0; cloche_limits_describe(limits, i, &want) && cloche_limits_describe(&usual, i, &have); i++) {
    if (have.value == want.value) continue;
    put_word(sink, any ? "," : ",\"limits\":{", want.name);
    put_number(sink, ":\"", want.value);
    put(sink, want.unit[0] == 't' ? "ns\"" : want.unit[0] == 'b' ? "B\"" : "\"");
    any = true;
  }
  put_flag(sink, "}", any);
}

void cl_ask_open(const cl_sink *sink, const cl_request_open *open, const cloche_limits *limits) {
  put_number(sink, ",\"open\":{\"engine\":", open->engine);
  put_flag(sink, ",\"once\":true", open->once);
  if (open->seeded) put_long(sink, ",\"seed\":\"", open->seed);
  if (open->virtual_clock) put_long(sink, ",\"clock_ms\":\"", open->clock_ms);
  if (open->undo) put_number(sink, ",\"undo\":", open->undo);
  put_flag(sink, ",\"no_poll\":true", open->no_poll);
  put_flag(sink, ",\"batch\":true", open->batch);
  put(sink, "}");
  put_limits(sink, limits);
}

void cl_ask_tools(const cl_sink *sink, const cloche_tool *tools, size_t count) {
  put(sink, ",\"tools\":[");
  for (size_t i = 0; i < count; i++) {
    put_word(sink, i ? ",{\"name\":" : "{\"name\":", tools[i].name);
    put_flag(sink, ",\"sync\":true", tools[i].sync);
    put_flag(sink, ",\"mutable\":true", tools[i].mutable_result);
    put(sink, "}");
  }
  put(sink, "]");
}

void cl_ask_modules(const cl_sink *sink, const cloche_module *modules, size_t count) {
  put(sink, ",\"modules\":[");
  for (size_t i = 0; i < count; i++) {
    put_word(sink, i ? ",{\"name\":" : "{\"name\":", modules[i].name);
    put_word(sink, ",\"language\":", modules[i].language);
    put(sink, ",\"source\":");
    cl_put_string(sink, (cl_text){modules[i].source, modules[i].source_len});
    put(sink, "}");
  }
  put(sink, "]");
}

void cl_ask_mounts(const cl_sink *sink, const cl_request_mount *mounts, size_t count) {
  put(sink, ",\"mounts\":[");
  for (size_t i = 0; i < count; i++) {
    put_number(sink, i ? ",{\"mount\":" : "{\"mount\":", mounts[i].mount);
    put_word(sink, ",\"path\":", mounts[i].path);
    put_flag(sink, ",\"writable\":true", mounts[i].writable);
    put(sink, "}");
  }
  put(sink, "]");
}

/* ---- what to do */

static void put_replay(const cl_sink *sink, const cloche_run_options *options) {
  put_word(sink, ",\"replay\":{\"status\":", cloche_status_describe(options->replay_status).name);
  put_long(sink, ",\"polls\":\"", options->replay_polls);
  put(sink, "}");
}

void cl_ask_code(const cl_sink *sink, const cloche_run_options *options) {
  static const cloche_run_options plain = CLOCHE_RUN_OPTIONS_INIT;
  if (!options) options = &plain;
  put(sink, ",\"code\":true");
  put_word(sink, ",\"language\":", options->language);
  bool asks = options->name || options->drain_timers || options->jsx_factory || options->jsx_fragment ||
              options->wall_ns || options->replay || options->interactive || options->complete;
  if (!asks) return;
  put(sink, ",\"run\":{\"drain_timers\":");
  put(sink, options->drain_timers ? "true" : "false");
  put_word(sink, ",\"name\":", options->name);
  put_word(sink, ",\"jsx_factory\":", options->jsx_factory);
  put_word(sink, ",\"jsx_fragment\":", options->jsx_fragment);
  if (options->wall_ns) {
    put_number(sink, ",\"wall\":\"", options->wall_ns);
    put(sink, "ns\"");
  }
  if (options->replay) put_replay(sink, options);
  put_flag(sink, ",\"interactive\":true", options->interactive);
  put_flag(sink, ",\"complete\":true", options->complete);
  put(sink, "}");
}

void cl_ask_context(const cl_sink *sink) { put(sink, ",\"context_blob\":true"); }

void cl_ask_file(const cl_sink *sink, const cloche_file *file) {
  put_word(sink, ",\"files\":{", file->path);
  put(sink, ":{\"blob\":true");
  put_flag(sink, ",\"path_entry\":true", file->path_entry);
  put(sink, "}}");
}

void cl_ask_restore(const cl_sink *sink) { put(sink, ",\"restore\":true"); }
void cl_ask_apply(const cl_sink *sink) { put(sink, ",\"apply\":true"); }

void cl_ask_fork(const cl_sink *sink, uint64_t target) { put_long(sink, ",\"fork\":\"", target); }
void cl_ask_undo(const cl_sink *sink, uint32_t runs) { put_number(sink, ",\"undo\":", runs); }

void cl_ask(const cl_sink *sink, cl_ask_verb verb) {
  static const char *const texts[] = {
      [CL_ASK_SNAPSHOT] = ",\"snapshot\":true", [CL_ASK_RESET] = ",\"reset\":true",
      [CL_ASK_IMAGE] = ",\"image\":true",       [CL_ASK_MEASURE] = ",\"measure\":true",
      [CL_ASK_SO_FAR] = ",\"so_far\":true",     [CL_ASK_CLOSE] = ",\"close\":true",
  };
  put(sink, texts[verb]);
}

/* ---- whole messages */

void cl_ask_interrupt(const cl_sink *sink, uint64_t id, uint64_t run) {
  put_number(sink, "{\"id\":\"", id);
  put_number(sink, "\",\"interrupt\":\"", run);
  put(sink, "\"}\n");
}

static void begin_result(const cl_sink *sink, uint64_t cell, uint64_t call) {
  put_number(sink, "{\"type\":\"result\",\"call\":\"", cell);
  put_number(sink, ":", call);
  put(sink, "\"");
}

void cl_ask_result(const cl_sink *sink, uint64_t cell, uint64_t call) {
  begin_result(sink, cell, call);
  put(sink, "}\n");
}

void cl_ask_rejection(const cl_sink *sink, uint64_t cell, uint64_t call, const cloche_rejection *rejection) {
  begin_result(sink, cell, call);
  put_word(sink, ",\"error\":{\"name\":", rejection->name ? rejection->name : "Error");
  put_word(sink, ",\"message\":", rejection->message);
  put_word(sink, ",\"code\":", rejection->code);
  if (rejection->data) {
    put(sink, ",\"data\":");
    put(sink, rejection->data);
  }
  put(sink, "}}\n");
}

/* ---- start */

void cl_put_start(const cl_sink *sink, const cl_start *start) {
  put_number(sink, "{\"type\":\"start\",\"version\":", CL_WIRE_VERSION);
  put(sink, ",\"engines\":[");
  for (size_t i = 0; i < start->engine_count; i++) {
    put_word(sink, i ? ",{\"name\":" : "{\"name\":", start->engines[i].name);
    if (start->engines[i].image_fd >= 0) put_number(sink, ",\"image\":", (uint64_t)start->engines[i].image_fd);
    put(sink, "}");
  }
  put(sink, "],\"mounts\":[");
  for (size_t i = 0; i < start->mount_count; i++) {
    put_number(sink, i ? ",{\"fd\":" : "{\"fd\":", (uint64_t)start->mounts[i].fd);
    put(sink, start->mounts[i].writable ? ",\"writable\":true}" : ",\"writable\":false}");
  }
  put(sink, "],\"jail\":{\"require\":");
  put(sink, start->require_jail ? "true,\"namespaces\":" : "false,\"namespaces\":");
  put_number(sink, start->namespaces ? "true,\"landlock_abi\":" : "false,\"landlock_abi\":", start->landlock_abi);
  put(sink, start->use_pagemap ? "},\"use_pagemap\":true" : "},\"use_pagemap\":false");
  put_number(sink, ",\"waiting_mapped\":", start->waiting_mapped);
  put_number(sink, ",\"cells_running\":", start->cells_running);
  put_number(sink, ",\"runs_queued\":", start->runs_queued);
  put_long(sink, ",\"spin_ns\":\"", start->spin_ns);
  put(sink, "}\n");
}
