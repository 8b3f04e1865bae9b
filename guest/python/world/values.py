"""The value of a run as JSON, with tags for what JSON lacks (docs/REPORTS.md has the table), and its repr.

Values are walked at most DEPTH deep. A class of the guest's can make what it likes of its instances; it harms its own value."""
import base64
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import ipaddress
import json
import pathlib
import re
import sys
import types
import uuid
from collections import abc

quote_ascii, quote = json.encoder.encode_basestring_ascii, json.encoder.encode_basestring
b64 = base64.b64encode
FLOAT = float.__repr__
SAFE = 2**53 - 1  # larger integers are not numbers for every reader of JSON
BITS = 1 << 18  # of the longest integer that is written down
DEPTH = 300
REPR_MAX = 256 << 10
WORDS = {float("inf"): "Infinity", float("-inf"): "-Infinity"}
TEXTS = (uuid.UUID, pathlib.PurePath, ipaddress._IPAddressBase)
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)


class TooMuch(Exception):
    """A value that is nested too deeply or larger than the host takes."""

    code = "value_limit"


def string(text):
    """JSON has no place for half a surrogate pair but as an escape."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return quote_ascii(text)
    return quote(text)


def tag(kind, rest=""):
    return f'{{"$type":"{kind}"{rest}}}'


def number_text(value):
    """The digits of an integer, more of them than Python itself is willing to print; it takes the square of their number."""
    if value.bit_length() < 10000:
        return int.__repr__(value)
    if value.bit_length() > BITS:
        return f"<int of {value.bit_length()} bits>"
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return int.__repr__(value)
    finally:
        sys.set_int_max_str_digits(limit)


class Encoder:
    def __init__(self, room):
        self.room = room
        self.open = {}  # id of what is being written: its path
        self.out = []

    def put(self, text):
        self.room -= len(text)
        if self.room < 0:
            raise TooMuch("the value of the run is larger than allowed")
        self.out.append(text)

    def any(self, value, path, depth):
        kind = value.__class__
        if value is None:
            self.put("null")
        elif kind is str:
            self.put(string(value))
        elif kind is bool:
            self.put("true" if value else "false")
        elif kind is int:
            self.integer(value)
        elif kind is float:
            self.float(value)
        elif (at := self.open.get(id(value))) is not None:
            self.put(tag("ref", f',"path":{string(at)}'))
        elif depth >= DEPTH:
            raise TooMuch("the value of the run is nested too deeply")
        else:
            self.open[id(value)] = path
            self.container(value, type(value), path, depth + 1)
            del self.open[id(value)]

    def integer(self, value):
        if -SAFE <= value <= SAFE:
            self.put(int.__repr__(value))
        elif value.bit_length() > min(BITS, 4 * self.room):
            raise TooMuch("the value of the run is larger than allowed")
        else:
            self.put(tag("bigint", f',"value":"{number_text(value)}"'))

    def float(self, value):
        if value != value:
            self.put(tag("number", ',"value":"NaN"'))
        elif value in WORDS:
            self.put(tag("number", f',"value":"{WORDS[value]}"'))
        elif value == 0 and FLOAT(value)[0] == "-":
            self.put(tag("number", ',"value":"-0"'))
        else:
            self.put(FLOAT(value))

    def list(self, values, path, depth, opening="[", closing="]"):
        self.put(opening)
        for i, item in enumerate(values):
            if i:
                self.put(",")
            self.any(item, f"{path}[{i}]", depth)
        self.put(closing)

    def members(self, items, path, depth):
        self.put("{")
        for i, (key, item) in enumerate(items):
            self.put((',' if i else '') + string(key) + ":")
            self.any(item, f"{path}.{key}", depth)
        self.put("}")

    def mapping(self, value, path, depth):
        items = list(dict.items(value) if isinstance(value, dict) else value.items())
        named = all(key.__class__ is str for key, _ in items)
        if named and not any(key == "$type" for key, _ in items):
            self.members(items, path, depth)
            return
        self.put('{"$type":"object","entries":[' if named else '{"$type":"map","entries":[')
        for i, (key, item) in enumerate(items):
            self.put(",[" if i else "[")
            self.any(key, f"{path}{{{i}}}", depth)
            self.put(",")
            self.any(item, f"{path}{{{i}}}", depth)
            self.put("]")
        self.put("]}")

    def bytes(self, value):
        data = bytes(value)
        if len(data) > self.room:
            raise TooMuch("the value of the run is larger than allowed")
        self.put(tag("bytes", f',"class":"{type(value).__name__}","base64":"{b64(data).decode()}"'))

    def container(self, value, kind, path, depth):
        if kind is list or kind is tuple:
            self.list(value, path, depth)
        elif issubclass(kind, (dict, types.MappingProxyType)):
            self.mapping(value, path, depth)
        elif issubclass(kind, enum.Enum):
            self.any(value._value_, path, depth)
        elif issubclass(kind, bool) or issubclass(kind, int):
            self.integer(int(value))
        elif issubclass(kind, float):
            self.float(float(value))
        elif issubclass(kind, str):
            self.put(string(str.__str__(value)))
        elif issubclass(kind, (set, frozenset)):
            self.list(value, path, depth, '{"$type":"set","values":[', "]}")
        elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
            self.members(zip(kind._fields, value), path, depth)
        elif issubclass(kind, (list, tuple, collections.deque, range)):
            self.list(value, path, depth)
        elif issubclass(kind, (bytes, bytearray, memoryview)):
            self.bytes(value)
        elif issubclass(kind, (datetime.datetime, datetime.date, datetime.time)):
            self.put(tag("date", f',"value":"{value.isoformat()}"'))
        elif issubclass(kind, datetime.timedelta):
            self.put(tag("timedelta", f',"seconds":{FLOAT(value.total_seconds())}'))
        elif issubclass(kind, decimal.Decimal):
            self.put(tag("decimal", f',"value":{string(str(value))}'))
        elif issubclass(kind, fractions.Fraction):
            self.put(tag("fraction", f',"value":"{value.numerator}/{value.denominator}"'))
        elif issubclass(kind, complex):
            self.put(tag("complex", f',"real":{FLOAT(value.real)},"imag":{FLOAT(value.imag)}')
                     if abs(value) < float("inf") else tag("complex", f',"value":{string(complex.__repr__(value))}'))
        elif issubclass(kind, re.Pattern):
            flags = "".join(letter for letter, bit in zip("aimsx", (re.A, re.I, re.M, re.S, re.X)) if value.flags & bit)
            self.put(tag("regexp", f',"source":{string(str(value.pattern))},"flags":"{flags}"'))
        elif issubclass(kind, BaseException):
            self.put(tag("error", f',"name":{string(kind.__name__)},"message":{string(text_of(value))}'))
        elif issubclass(kind, FUNCTIONS):
            self.put(tag("function", f',"name":{string(str(getattr(value, "__name__", "")))}'))
        elif issubclass(kind, TEXTS):
            self.put(string(str(value)))
        elif dataclasses.is_dataclass(kind):
            self.members([(field.name, getattr(value, field.name, None)) for field in dataclasses.fields(value)], path, depth)
        elif issubclass(kind, abc.Mapping):
            self.mapping(value, path, depth)
        else:
            self.instance(value, kind, path, depth)

    def instance(self, value, kind, path, depth):
        """Something of a class of its own: its public attributes, else its repr."""
        own = getattr(value, "__dict__", None) if not isinstance(value, types.ModuleType) else None
        if own.__class__ is dict and own and all(key.__class__ is str for key in own):
            self.members([item for item in own.items() if item[0][:1] != "_"], path, depth)
        elif isinstance(value, (abc.KeysView, abc.ValuesView, abc.ItemsView)):
            self.list(list(value), path, depth)
        else:
            self.put(tag("instance", f',"class":{string(kind.__name__)},"repr":{string(repr_of(value, 1000))}'))


def text_of(error):
    """str() of an error, whatever its class makes of that."""
    try:
        return str(error)
    except Exception as e:
        return f"<str() of the {type(error).__name__} failed: {type(e).__name__}>"


def repr_of(value, most=REPR_MAX):
    try:
        text = number_text(value) if value.__class__ is int else repr(value)
    except Exception as e:
        text = f"<{type(value).__name__}: its repr failed with {type(e).__name__}>"
    return text if len(text) <= most else text[:most] + "…"


def encode(value, room):
    """The JSON text of a value, in at most `room` characters; TooMuch if it does not fit."""
    if value.__class__ is int and -SAFE <= value <= SAFE or value.__class__ is bool:
        return "true" if value is True else "false" if value is False else int.__repr__(value)
    encoder = Encoder(room)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + 4 * DEPTH)
    try:
        encoder.any(value, "$", 0)
    finally:
        sys.setrecursionlimit(limit)
    return "".join(encoder.out)
