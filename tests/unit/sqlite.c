/* SQLite's file layer of the Python engine, built natively over this machine's files: databases on disk behave, and
 * connections to one file keep out of each other's way. */
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

int sqlite3_os_init(void);

static char folder[] = "/tmp/cloche-sqlite-XXXXXX";

static sqlite3 *open_db(const char *name) {
  char path[256];
  sqlite3 *db;
  snprintf(path, sizeof path, "%s%s%s", name[0] == ':' ? "" : folder, name[0] == ':' ? "" : "/", name);
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "cloche"), SQLITE_OK);
  return db;
}

static int run(sqlite3 *db, const char *sql) { return sqlite3_exec(db, sql, NULL, NULL, NULL); }

static long long number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  long long value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

static bool is_there(const char *name) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return access(path, F_OK) == 0;
}

static void a_database_is_a_file(void) {
  sqlite3 *db = open_db("a.db");
  assert_int_equal(run(db,
                       "create table t(x); with recursive n(i) as (values(1) union all select i+1 from n where i<20000)"
                       " insert into t select i from n"),
                   SQLITE_OK);
  assert_int_equal(run(db, "create index i on t(x); delete from t where x % 3 = 0; vacuum"), SQLITE_OK);
  sqlite3_close(db);
  db = open_db("a.db");
  assert_int_equal(number(db, "select sum(x) from t"), 133346667);
  assert_int_equal(number(db, "select integrity_check = 'ok' from pragma_integrity_check"), 1);
  sqlite3_close(db);
  assert_false(is_there("a.db-journal"));
}

static void a_transaction_is_rolled_back(void) {
  sqlite3 *db = open_db("b.db");
  assert_int_equal(run(db, "create table t(x); insert into t values(1)"), SQLITE_OK);
  assert_int_equal(run(db,
                       "pragma cache_size = 1; begin; with recursive n(i) as (values(1) union all select i+1 from n "
                       "where i<50000) insert into t select i from n"),
                   SQLITE_OK);
  assert_true(is_there("b.db-journal"));
  assert_int_equal(run(db, "rollback"), SQLITE_OK);
  assert_int_equal(number(db, "select count(*) from t"), 1);
  sqlite3_close(db);
}

/* What a killed process leaves behind: the next connection finds the journal and plays it back. */
static void a_hot_journal_is_played_back(void) {
  sqlite3 *db = open_db("c.db");
  assert_int_equal(run(db, "create table t(x); insert into t values(1)"), SQLITE_OK);
  assert_int_equal(run(db,
                       "pragma cache_size = 1; begin; with recursive n(i) as (values(1) union all select i+1 from n "
                       "where i<50000) insert into t select i from n"),
                   SQLITE_OK);
  char command[512];
  for (int i = 0; i < 2; i++) {
    char from[256], to[256];
    snprintf(from, sizeof from, "%s/c.db%s", folder, i ? "-journal" : "");
    snprintf(to, sizeof to, "%s/d.db%s", folder, i ? "-journal" : "");
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    for (size_t n; (n = fread(command, 1, sizeof command, in)) > 0;) fwrite(command, 1, n, out);
    fclose(in);
    fclose(out);
  }
  sqlite3 *copy = open_db("d.db");
  assert_int_equal(number(copy, "select count(*) from t"), 1);
  assert_false(is_there("d.db-journal"));
  sqlite3_close(copy);
  sqlite3_close(db);
}

static void connections_lock_each_other(void) {
  sqlite3 *a = open_db("e.db"), *b = open_db("e.db");
  assert_int_equal(run(a, "create table t(x)"), SQLITE_OK);
  assert_int_equal(run(a, "begin immediate; insert into t values(1)"), SQLITE_OK);
  assert_int_equal(run(b, "begin immediate"), SQLITE_BUSY);
  assert_int_equal(number(b, "select count(*) from t"), 0); /* reading is free while the other only prepares */
  sqlite3_stmt *reader;
  assert_int_equal(sqlite3_prepare_v2(b, "select 1 from sqlite_master union all select 2", -1, &reader, NULL),
                   SQLITE_OK);
  assert_int_equal(sqlite3_step(reader), SQLITE_ROW);
  assert_int_equal(run(a, "commit"), SQLITE_BUSY); /* who reads keeps the writer waiting */
  sqlite3 *c = open_db("e.db");
  sqlite3_stmt *late; /* and the waiting writer lets no new reader in */
  assert_int_equal(sqlite3_prepare_v2(c, "select count(*) from t", -1, &late, NULL), SQLITE_BUSY);
  sqlite3_finalize(reader);
  assert_int_equal(run(a, "commit"), SQLITE_OK);
  assert_int_equal(number(c, "select count(*) from t"), 1);
  assert_int_equal(run(b, "insert into t values(2)"), SQLITE_OK);
  assert_int_equal(number(a, "select count(*) from t"), 2);
  sqlite3_close(a);
  sqlite3_close(b);
  sqlite3_close(c);
}

static void what_is_no_database(void) {
  sqlite3 *db;
  char path[256];
  snprintf(path, sizeof path, "%s/none/x.db", folder);
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "cloche"), SQLITE_CANTOPEN);
  sqlite3_close(db);
  assert_int_equal(sqlite3_open_v2(folder, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "cloche"), SQLITE_CANTOPEN);
  sqlite3_close(db);
  db = open_db(":memory:");
  assert_int_equal(run(db, "create table t(x); insert into t values(randomblob(8)); create temp table u(x)"),
                   SQLITE_OK);
  assert_true(number(db, "select unixepoch() > 1700000000") == 1);
  assert_int_equal(run(db, "select load_extension('x')"), SQLITE_ERROR);
  sqlite3_close(db);
}

static void enter(void **state) { ((ut_fn)*state)(); }
#define TEST(fn) \
  { #fn, enter, NULL, NULL, (void *)(fn) }

static void remove_folder(void) {
  static const char *const names[] = {"a.db", "b.db", "c.db", "d.db", "e.db"};
  char path[256];
  for (size_t i = 0; i < UT_COUNT(names); i++) {
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    unlink(path);
  }
  rmdir(folder);
}

int main(void) {
  if (!mkdtemp(folder) || sqlite3_os_init() != SQLITE_OK) return 1;
  const struct CMUnitTest tests[] = {
      TEST(a_database_is_a_file),        TEST(a_transaction_is_rolled_back), TEST(a_hot_journal_is_played_back),
      TEST(connections_lock_each_other), TEST(what_is_no_database),
  };
  int failed = _cmocka_run_group_tests("sqlite", tests, UT_COUNT(tests), NULL, NULL);
  remove_folder();
  return failed;
}
