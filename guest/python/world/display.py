"""What a run shows beside its output: display(value, mime=None) with Jupyter's protocol, progress(value, message=None);
and what it was given: context."""
import base64
import builtins
import json

import _cloche as host

from . import streams
from .tools import plain
from .values import repr_of

TABLE = "application/vnd.cloche.table+json"
TABLE_ROWS, TABLE_COLUMNS = 10000, 200
VEGA = "https://vega.github.io/schema/vega"
SHORT = {"text": "text/plain", "markdown": "text/markdown", "md": "text/markdown", "html": "text/html", "svg": "image/svg+xml",
         "png": "image/png", "jpeg": "image/jpeg", "json": "application/json", "latex": "text/latex", "table": TABLE,
         "vega-lite": "application/vnd.vegalite.v5+json", "csv": "text/csv"}
# Methods of Jupyter's protocol and the types they answer for, the richest first.
METHODS = (("_repr_html_", "text/html"), ("_repr_svg_", "image/svg+xml"), ("_repr_png_", "image/png"),
           ("_repr_jpeg_", "image/jpeg"), ("_repr_markdown_", "text/markdown"), ("_repr_latex_", "text/latex"),
           ("_repr_json_", "application/json"))
ORDER = [mime for _, mime in METHODS] + ["text/plain"]
loads, b64 = json.JSONDecoder().decode, base64.b64encode
encode_json = json.JSONEncoder(default=plain, allow_nan=False, separators=(",", ":")).encode


def json_text(value):
    """NaN and infinities have no JSON: they are null, as for JavaScript."""
    try:
        return encode_json(value)
    except ValueError:
        return encode_json(without_nan(value, 0))


def without_nan(value, depth):
    if isinstance(value, float):
        return value if value - value == 0 else None
    if depth > 200:
        raise ValueError("display: the value is nested too deeply")
    if isinstance(value, dict):
        return {key: without_nan(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(item, depth + 1) for item in value]
    return value


def send(mime, text, is_base64=False):
    streams.flush()
    host.display(mime, text if is_base64 else text.encode("utf-8", "replace").decode(), is_base64)


def image_type(data):
    head = bytes(data[:12])
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if head[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if head[:4] == b"GIF8":
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"


def table_of(rows):
    """A list of dicts as columns, in the order in which they are first seen, and rows; None: it is no table."""
    if not rows or len(rows) > TABLE_ROWS:
        return None
    columns = {}
    for row in rows:
        if not isinstance(row, dict):
            return None
        for key in row:
            if key.__class__ is not str:
                return None
            columns[key] = True
            if len(columns) > TABLE_COLUMNS:
                return None
    return {"columns": list(columns), "rows": [[row.get(key) for key in columns] for row in rows]}


def ask(value, name):
    """What a method of the protocol says; None if it is not there or has nothing to say."""
    if isinstance(value, type):
        return None  # its instances have the method
    method = getattr(value, name, None)
    answer = method() if callable(method) else None
    return answer[0] if answer.__class__ is tuple and len(answer) == 2 else answer


def bundle_of(value):
    """The richest of what an object shows of itself: (mime, data), or None."""
    bundle = ask(value, "_repr_mimebundle_")
    if isinstance(bundle, dict) and bundle:
        special = [mime for mime in bundle if mime not in ORDER]
        mime = special[0] if special else min(bundle, key=ORDER.index)
        return mime, bundle[mime]
    for name, mime in METHODS:
        data = ask(value, name)
        if data is not None:
            return mime, data
    return None


def show_as(value, mime):
    if isinstance(value, (bytes, bytearray, memoryview)):
        return send(mime, b64(value).decode(), True)
    if mime == TABLE and isinstance(value, (list, tuple)):
        table = table_of(value)
        if table is None:
            raise TypeError("display: a table is a list of dicts")
        return send(mime, json_text(table))
    if isinstance(value, str):  # Jupyter gives images as base64 text
        return send(mime, value, mime[:6] == "image/" and mime != "image/svg+xml")
    return send(mime, json_text(value) if mime[-4:] == "json" else repr_of(value))


def show(value):
    """What the value itself suggests."""
    if isinstance(value, str):
        return send("text/plain", value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return send(image_type(value), b64(value).decode(), True)
    if not isinstance(value, type) and callable(getattr(value, "_ipython_display_", None)):
        return value._ipython_display_()
    rich = bundle_of(value)
    if rich:
        return show_as(rich[1], rich[0])
    if value.__class__ in (list, tuple) or isinstance(value, dict):
        table = table_of(value) if value.__class__ is list else None
        if table is not None:
            return send(TABLE, json_text(table))
        schema = value.get("$schema") if isinstance(value, dict) else None
        if isinstance(schema, str) and schema.startswith(VEGA):
            lite = schema.startswith(VEGA + "-lite")
            return send("application/vnd.vegalite.v5+json" if lite else "application/vnd.vega.v5+json", json_text(value))
        try:
            text = json_text(value)
        except (TypeError, ValueError, RecursionError):
            return send("text/plain", repr_of(value))
        return send("application/json", text)
    return send("text/plain", repr_of(value))


def display(*values, mime=None):
    """Show values beside the output: as `mime` says (a media type, or text, markdown, html, svg, png, json, table, csv,
    vega-lite), or as they suggest themselves."""
    if len(values) == 2 and mime is None and values[1].__class__ is str and (values[1] in SHORT or "/" in values[1]):
        values, mime = values[:1], values[1]
    for value in values:
        if mime is None:
            show(value)
        else:
            show_as(value, SHORT.get(mime, mime))


def progress(value=None, message=None):
    """Say how far the run is: a number from 0 to 1 (None: unknown), and in words."""
    number = None if value is None else float(value)
    report = {"value": number if number is not None and number - number == 0 else None}
    if message is not None:
        report["message"] = str(message)
    streams.flush()
    host.progress(encode_json(report))


# ---- context

def refuse(self, *args, **kwargs):
    raise TypeError("context is read-only")


class FrozenDict(dict):
    """A dict of the context's: it cannot be changed, and its members are attributes, too."""

    __slots__ = ()
    __setitem__ = __delitem__ = __setattr__ = __delattr__ = __ior__ = refuse
    clear = pop = popitem = setdefault = update = refuse

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"context has no {name!r}") from None

    def __hash__(self):
        return id(self)

    def __copy__(self):
        return dict(self)

    def __deepcopy__(self, memo):
        return {key: thaw(item) for key, item in self.items()}

    def __reduce__(self):
        return (dict, (dict(self),))


class FrozenList(list):
    """A list of the context's."""

    __slots__ = ()
    __setitem__ = __delitem__ = __iadd__ = __imul__ = refuse
    append = clear = extend = insert = pop = remove = reverse = sort = refuse

    def __hash__(self):
        return id(self)

    def __copy__(self):
        return list(self)

    def __deepcopy__(self, memo):
        return [thaw(item) for item in self]

    def __reduce__(self):
        return (list, (list(self),))


def thaw(value):
    if value.__class__ is FrozenDict:
        return {key: thaw(item) for key, item in value.items()}
    return [thaw(item) for item in value] if value.__class__ is FrozenList else value


def freeze_list(value):
    if value.__class__ is list:
        return FrozenList([freeze_list(item) for item in value])
    if value.__class__ is dict:
        return FrozenDict({key: freeze_list(item) for key, item in value.items()})
    return value


context_text = None


def refresh_context():
    """Gives the guest what the host says now; parsed once as long as it stays the same."""
    global context_text
    text = host.context()
    if text != context_text:
        builtins.context = freeze_list(loads(text)) if text else FrozenDict()
        context_text = text


def install():
    names = vars(builtins)
    display.__module__ = progress.__module__ = "builtins"
    FrozenDict.__module__ = FrozenList.__module__ = "builtins"
    names.update(display=display, progress=progress, context=FrozenDict())
