/* `cloche doctor`: what this machine offers and lacks, how to get it, and whether runs work. Whether they do is not
 * concluded but tried. */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "colours.h"
#include "command.h"
#include "probe.h"

static const struct {
  const char *name, *colour;
} grades[] = {
    [CLI_FINE] = {"ok", "\x1b[32m"}, [CLI_NOTE] = {"note", "\x1b[33m"}, [CLI_PROBLEM] = {"problem", "\x1b[31m"}};

typedef struct {
  json_t *list; /* NULL: it is printed as text */
  bool colours;
  bool works; /* whether runs do */
} doctor;

static void tell(doctor *d, const cli_finding *finding) {
  const char *grade = grades[finding->grade].name;
  if (d->list) {
    json_t *entry = json_pack("{s:s, s:s, s:s}", "name", finding->name, "grade", grade, "text", finding->text);
    if (finding->hint[0]) json_object_set_new(entry, "hint", json_string(finding->hint));
    json_array_append_new(d->list, entry);
    return;
  }
  printf("%s%-8s%s %-16s %s\n", d->colours ? grades[finding->grade].colour : "", grade, d->colours ? "\x1b[0m" : "",
         finding->name, finding->text);
  if (finding->hint[0]) printf("%-8s %-16s -> %s\n", "", "", finding->hint);
}

static int finish_json(doctor *d) {
  json_t *root = json_pack("{s:b, s:s, s:O}", "ok", d->works, "version", cloche_version(), "checks", d->list);
  json_t *jail = cli_probe_jail_json();
  if (root && jail) json_object_set_new(root, "jail", jail);
  char *text = root ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
  if (text) printf("%s\n", text);
  free(text);
  json_decref(root);
  return text ? cli_finish_stdout() : CLI_EXIT_FAILURE;
}

static int run_doctor(const cli_command *self, int count, char **arguments) {
  bool json = false;
  int exit_code;
  cli_finding finding;
  if (!cli_options_parse_alone(self, count, arguments, &json, &exit_code)) return exit_code;
  doctor d = {.list = json ? json_array() : NULL, .colours = cli_has_colours(STDOUT_FILENO), .works = true};
  for (size_t i = 0; cli_probe_machine(i, &finding); i++) tell(&d, &finding);
  static bool (*const probes[])(size_t index, cli_finding * out) = {cli_probe_engine, cli_probe_jail};
  for (size_t k = 0; k < sizeof probes / sizeof probes[0]; k++)
    for (size_t i = 0; probes[k](i, &finding); i++) {
      tell(&d, &finding);
      if (finding.grade == CLI_PROBLEM) d.works = false;
    }
  if (json) exit_code = finish_json(&d);
  else {
    printf("\n%s\n", d.works ? "Runs work here." : "Runs do not work here; see what is marked as a problem.");
    exit_code = cli_finish_stdout();
  }
  json_decref(d.list);
  return exit_code == CLI_EXIT_OK && !d.works ? CLI_EXIT_FAILURE : exit_code;
}

static const cli_option options[] = {
    {"Options", 0, "json", NULL, NULL, "prints it as one JSON object", cli_set_true},
    {0},
};

static const cli_section sections[] = {
    {"Exit codes",
     "  0    runs work; a note is about what could be better\n"
     "  5    runs do not work\n"},
    {0},
};

const cli_command cli_doctor_command = {
    .name = "doctor",
    .arguments = "[--json]",
    .text = "Says what this machine offers and lacks, how to get it, and whether runs work.",
    .options = options,
    .sections = sections,
    .run = run_doctor,
};
