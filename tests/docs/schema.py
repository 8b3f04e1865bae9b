"""A validator for the part of JSON Schema 2020-12 that docs/report.schema.json uses. An unknown keyword is an error: a
schema must not say what nobody checks."""

import re

NOTES = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {"null": type(None), "boolean": bool, "string": str, "array": list, "object": dict}


def has_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def same(a, b):
    return a == b and isinstance(a, bool) == isinstance(b, bool)


class Validator:
    """With `strict`, a field that the schema allows but does not describe is an error, too."""

    def __init__(self, root, strict):
        self.root, self.strict = root, strict

    def errors(self, value, schema=None, path="$"):
        schema = self.root if schema is None else schema
        if isinstance(schema, bool):
            return [] if schema else [f"{path}: must not be there"]
        found = []
        for keyword, rule in schema.items():
            if keyword not in NOTES:
                found += self.check(keyword, rule, value, schema, path)
        return found

    def check(self, keyword, rule, value, schema, path):
        method = getattr(self, "on_" + keyword.strip("$").lower(), None)
        if method is None:
            return [f"{path}: the validator does not know '{keyword}'"]
        return method(rule, value, schema, path)

    def on_ref(self, rule, value, schema, path):
        target = self.root
        for part in rule.removeprefix("#/").split("/"):
            target = target[part]
        return self.errors(value, target, path)

    def on_type(self, rule, value, schema, path):
        names = [rule] if isinstance(rule, str) else rule
        return [] if any(has_type(value, name) for name in names) else [f"{path}: is no {' or '.join(names)}"]

    def on_enum(self, rule, value, schema, path):
        return [] if any(same(value, item) for item in rule) else [f"{path}: {value!r} is none of {rule}"]

    def on_const(self, rule, value, schema, path):
        return [] if same(value, rule) else [f"{path}: is not {rule!r}"]

    def on_minimum(self, rule, value, schema, path):
        return [f"{path}: is below {rule}"] if has_type(value, "number") and value < rule else []

    def on_maximum(self, rule, value, schema, path):
        return [f"{path}: is above {rule}"] if has_type(value, "number") and value > rule else []

    def on_minitems(self, rule, value, schema, path):
        return [f"{path}: has too few items"] if isinstance(value, list) and len(value) < rule else []

    def on_maxitems(self, rule, value, schema, path):
        return [f"{path}: has too many items"] if isinstance(value, list) and len(value) > rule else []

    def on_pattern(self, rule, value, schema, path):
        return [f"{path}: does not match {rule}"] if isinstance(value, str) and not re.search(rule, value) else []

    def on_required(self, rule, value, schema, path):
        return [f"{path}: lacks '{key}'" for key in rule if key not in value] if isinstance(value, dict) else []

    def on_dependentrequired(self, rule, value, schema, path):
        if not isinstance(value, dict):
            return []
        return [f"{path}: has '{key}' but no '{other}'" for key, others in rule.items() if key in value
                for other in others if other not in value]

    def on_properties(self, rule, value, schema, path):
        if not isinstance(value, dict):
            return []
        return [error for key, sub in rule.items() if key in value for error in self.errors(value[key], sub, f"{path}.{key}")]

    def on_additionalproperties(self, rule, value, schema, path):
        if not isinstance(value, dict):
            return []
        extra = [key for key in value if key not in schema.get("properties", {})]
        if rule is True:
            return [f"{path}: '{key}' is not described" for key in extra] if self.strict else []
        return [error for key in extra for error in self.errors(value[key], rule, f"{path}.{key}")]

    def on_propertynames(self, rule, value, schema, path):
        return [error for key in value for error in self.errors(key, rule, f"{path}: the name '{key}'")] if isinstance(value, dict) else []

    def on_items(self, rule, value, schema, path):
        if not isinstance(value, list):
            return []
        return [error for i, item in enumerate(value) for error in self.errors(item, rule, f"{path}[{i}]")]

    def on_anyof(self, rule, value, schema, path):
        return [] if any(not self.errors(value, sub, path) for sub in rule) else [f"{path}: {value!r} fits none of the alternatives"]

    def on_oneof(self, rule, value, schema, path):
        fits = sum(not self.errors(value, sub, path) for sub in rule)
        return [] if fits == 1 else [f"{path}: {value!r} fits {fits} of the alternatives"]

    def on_if(self, rule, value, schema, path):
        branch = "else" if self.errors(value, rule, path) else "then"
        return self.errors(value, schema.get(branch, True), path)

    def on_then(self, rule, value, schema, path):
        return []

    on_else = on_then
