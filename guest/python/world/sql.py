"""The language sql: the statements of a run, one after the other, in the session's own SQLite database.

Every result with columns is shown as a table; that of the last statement is the value of the run, a list of objects. The
database is in memory; if the guest's files have DATABASE, it begins as a copy of that."""
import os
import re
import sqlite3

import _cloche as host

from . import display, errors, streams
from .values import repr_of

DATABASE = "/db/main.sqlite"
STEPS = 20000  # of SQLite's machine between two chances for an interrupt
TEXT_ROWS, TEXT_WIDTH = 50, 40
# What a semicolon may stand in without ending a statement.
TOKEN = re.compile(r"""'[^']*(?:'|\Z)|"[^"]*(?:"|\Z)|`[^`]*(?:`|\Z)|\[[^\]]*(?:\]|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|;""", re.S)
BLANK = re.compile(r"(?:\s|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z))*", re.S)
NEAR = re.compile(r'near "(.+)": syntax error\Z|no such (?:table|column|function): (\S+)\Z', re.S)
finditer, escape = re.finditer, re.escape
SqliteError, complete_statement = sqlite3.Error, sqlite3.complete_statement
connection = None


def connect():
    global connection
    if connection is None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.set_progress_handler(lambda: 0, STEPS)
        if os.path.exists(DATABASE):
            source = sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)
            try:
                source.backup(connection)
            finally:
                source.close()
    return connection


def statements(text):
    """(where it begins, the statement) for each; a trigger has semicolons inside."""
    start = 0
    for token in TOKEN.finditer(text):
        if token[0] == ";":
            piece = text[start:token.end()]
            if complete_statement(piece):
                begin = start + BLANK.match(piece).end()
                if text[begin:token.end()] != ";":
                    yield begin, text[begin:token.end()]
                start = token.end()
    begin = BLANK.match(text, start).end()
    if begin < len(text):
        yield begin, text[begin:]


def begin(text, name, give):
    """Runs a source; its value is given by give(value, repr)."""
    last, shown, at = None, None, 0
    piece = ""
    try:
        database = connect()
        for at, piece in statements(text):
            cursor = database.execute(piece)
            last = shown = None
            if cursor.description:
                columns = unique([column[0] for column in cursor.description])
                rows = cursor.fetchall()
                show(columns, rows)
                last = [dict(zip(columns, row)) for row in rows]
                shown = aligned(columns, rows)
    except (SqliteError, sqlite3.Warning) as error:
        return refuse(error, text, name, at, piece)
    return give(last, shown)


def unique(columns):
    """Two columns of one name would be one member of an object."""
    seen = {}
    for column in columns:
        name, n = column, 1
        while name in seen:
            n += 1
            name = f"{column}_{n}"
        seen[name] = True
    return list(seen)


def cell(value):
    return f"x'{value.hex()}'" if isinstance(value, bytes) else value


def show(columns, rows):
    table = {"columns": columns, "rows": [[cell(value) for value in row] for row in rows[:display.TABLE_ROWS]]}
    if len(rows) > display.TABLE_ROWS:
        table["rows_in_all"] = len(rows)
    display.send(display.TABLE, display.json_text(table))


def shown_cell(value):
    if value is None:
        return "NULL"
    text = value if isinstance(value, str) else repr_of(cell(value), TEXT_WIDTH) if not isinstance(value, bytes) else cell(value)
    text = text.replace("\n", "\\n")
    return text if len(text) <= TEXT_WIDTH else text[:TEXT_WIDTH - 1] + "…"


def aligned(columns, rows):
    """A table as text, numbers to the right."""
    lines = [[shown_cell(column) for column in columns]] + [[shown_cell(value) for value in row] for row in rows[:TEXT_ROWS]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    right = [bool(rows) and all(isinstance(row[i], (int, float, type(None))) for row in rows[:TEXT_ROWS])
             for i in range(len(columns))]

    def row_text(line):
        return "  ".join(text.rjust(width) if to_right else text.ljust(width)
                         for text, width, to_right in zip(line, widths, right)).rstrip()
    out = [row_text(lines[0]), "  ".join("-" * width for width in widths)] + [row_text(line) for line in lines[1:]]
    if len(rows) > TEXT_ROWS:
        out.append(f"... {len(rows) - TEXT_ROWS} more rows")
    return "\n".join(out)


def refuse(error, text, name, at, piece):
    """The statement has failed: its line, or that of the word that the message names."""
    near = NEAR.match(str(error))
    word = near and (near[1] or near[2])
    found = [match.start() for match in finditer(rf"(?<!\w){escape(word)}(?!\w)", piece)] if word else []
    if len(found) == 1:
        at += found[0]
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    source = text.split("\n")[line - 1]
    kind, message = type(error).__name__, errors.text_of(error)
    indent = len(source) - len(source.lstrip())
    stack = (f'  File "{name}", line {line}\n    {source.strip()}\n    {" " * max(column - 1 - indent, 0)}^\n{kind}: {message}\n')
    streams.finish()
    host.error(kind, errors.printable(message), errors.printable(stack), None, None, line, column, None)
    return True
