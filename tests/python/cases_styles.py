"""Every style in which models write calls of tools: its value, and whether the calls ran in parallel and without blocking."""
from host import NOTHING, Answer, Refusal, Session

HEAD = "import asyncio\n"


def fail(argument):
    raise Refusal("no luck", "ValueError", "E_LUCK", {"why": [1]})


TOOLS = {
    "double": lambda n: 2 * (n["n"] if isinstance(n, dict) else n),
    "echo": lambda a: "nothing" if a is NOTHING else a,
    "fail": fail,
    "slow": lambda seconds: Answer(seconds, seconds),
    "never": lambda a: Answer(None, None),
    "ids": lambda a: [1, 2, 3],
    "none": lambda a: None,
    "fetch-page": lambda a: {"page": a},
}


def check(source, value, at_once=None, blocked=0, **more):
    report = Session(TOOLS).run(HEAD + source)
    assert report.error is None, report.error["stack"]
    assert report.value == value, f"value: {report.value!r}, and not {value!r}"
    if at_once is not None:
        assert report.at_once == at_once, f"{report.at_once} calls at once, and not {at_once}"
    if blocked is not None and report.blocked is not None:
        assert report.blocked == blocked, f"blocked {report.blocked} times, and not {blocked}"
    assert report.stderr == "", report.stderr
    return report


# ---- arguments

def test_keywords(): check("tools.echo(a=1, b=[2])", {"a": 1, "b": [2]})
def test_one_dict(): check("tools.echo({'a': 1})", {"a": 1})
def test_one_value(): check("tools.echo('x')", "x")
def test_no_argument(): check("tools.echo()", "nothing")
def test_none_is_null(): check("tools.echo(None)", None)
def test_dict_and_keywords(): check("tools.echo({'a': 1}, b=2)", {"a": 1, "b": 2})
def test_by_subscript(): check("tools['fetch-page'](3)", {"page": 3})
def test_by_getattr(): check("getattr(tools, 'double')(3)", 6)
def test_tuple_is_list(): check("tools.echo((1, 2))", [1, 2])
def test_unicode(): check("tools.echo('\\u00e4\\U0001f600')", "ä😀")
def test_surrogate():
    Session.needs_mock(None)
    check("tools.echo('\\ud800') == '\\ud800'", True)


def test_dataclass_and_friends():
    check("""
import dataclasses, datetime, decimal, uuid, pathlib, enum
@dataclasses.dataclass
class P:
    x: int
    at: datetime.date
class E(enum.Enum):
    A = 'a'
tools.echo([P(1, datetime.date(2024, 1, 2)), {3}, decimal.Decimal('1.5'), uuid.UUID(int=1), pathlib.Path('/a'), E.A,
            (i for i in (1, 2)), {1: 2}])""",
          [{"x": 1, "at": "2024-01-02"}, [3], "1.5", "00000000-0000-0000-0000-000000000001", "/a", "a", [1, 2], {"1": 2}])


def refused(source, name, text):
    error = Session(TOOLS).run(HEAD + source).error
    assert error["name"] == name and text in error["message"], error
    return error


def test_two_arguments(): refused("tools.echo(1, 2)", "TypeError", "tools.echo() takes keyword arguments, or one positional")
def test_value_and_keywords(): refused("tools.echo(1, a=2)", "TypeError", "not both")
def test_no_json(): refused("tools.echo(object())", "TypeError", "tools.echo: Object of type object is not JSON serializable")
def test_nan(): refused("tools.echo(float('nan'))", "ValueError", "tools.echo: Out of range float")
def test_unknown(): refused("tools.dubble(1)", "AttributeError", "Unknown tool: dubble. Did you mean double? Available tools: ")
def test_unknown_subscript(): refused("tools['dubble']", "KeyError", "Did you mean double?")
def test_not_replaced(): refused("tools.double = 1", "AttributeError", "cannot be replaced")
def test_dir(): check("dir(tools) == sorted(tools) and 'double' in tools and len(tools)", len(TOOLS))
def test_no_tools(): assert "This cell has no tools" in Session().run("tools.x()").error["message"]


# ---- plain and awaited

def test_plain(): check("tools.double(2)", 4)
def test_awaited(): check("await tools.double(2)", 4)
def test_plain_in_expression(): check("tools.double(2) + tools.double(tools.double(1)) * 2", 12)
def test_plain_assigned(): check("x = tools.double(2)\ny = x + 1\ny", 5)
def test_attribute_of_result(): check("tools.echo({'a': {'b': 1}})['a']['b']", 1)
def test_method_of_result(): check("tools.echo('abc').upper()", "ABC")
def test_argument_of_print(): assert check("print(tools.double(2))", None).stdout == "4\n"
def test_f_string(): check("f'{tools.double(2)!r:>4}|{await tools.double(1)}'", "   4|2")
def test_condition(): check("'yes' if tools.double(0) == 0 else 'no'", "yes")
def test_for_over_result(): check("total = 0\nfor i in tools.ids():\n    total += i\ntotal", 6)
def test_while(): check("n = 1\nwhile tools.double(n) < 10:\n    n += 1\nn", 5)
def test_with_try(): check("try:\n    x = tools.double(1)\nfinally:\n    y = tools.double(2)\n[x, y]", [2, 4])
def test_unpacked(): check("a, *b = tools.ids()\n[a, b]", [1, [2, 3]])
def test_two_targets(): check("a = b = tools.double(1)\n[a, b]", [2, 2])
def test_walrus(): check("if (n := tools.double(3)) > 5:\n    r = n\nr", 6)
def test_augmented(): check("x = 1\nx += tools.double(2)\nx", 5)
def test_subscript_target(): check("d = {}\nd['a'] = tools.double(2)\nd", {"a": 4})
def test_assert_and_del(): check("assert tools.double(1) == 2\nl = [1, 2, 3]\ndel l[tools.double(0)]\nl", [2, 3])
def test_match(): check("match tools.echo({'k': 1}):\n    case {'k': n} if tools.double(n) == 2:\n        r = n\nr", 1)
def test_boolean(): check("tools.none() or tools.double(1)", 2)
def test_default_argument(): check("def f(x=tools.double(4)):\n    return x\nf()", 8)
def test_decorator(): check("def deco(n):\n    return lambda f: n\n@deco(tools.double(4))\ndef f(): pass\nf", 8)
def test_statement_alone(): check("tools.double(1)\nNone", None, at_once=1)
def test_starred_and_keywords(): check("dict(a=tools.double(1), *[], **{'b': tools.double(2)})", {"a": 2, "b": 4})
def test_slice(): check("[1, 2, 3, 4][tools.double(1):]", [3, 4])
def test_from_import(): check("from tools import double, echo as say\nsay(double(4))", 8)
def test_import_as(): check("import tools as t\nt.double(2)", 4)
def test_alias(): check("f = tools.double\nf(2)", 4)
def test_shadowed(): check("class T:\n    def x(self): return 5\ntools = T()\ntools.x()", 5)
def test_shadowed_async(): check("class T:\n    async def x(self): return 5\ntools = T()\nawait tools.x()", 5)
def test_await_of_values(): check("[await 5, await 'x', await None, await [1]]", [5, "x", None, [1]])
def test_await_in_variable_twice(): check("c = tools.double(1)\n[await c, await c]", [2, 2], at_once=1)
def test_await_value_of_variable(): check("c = tools.double(1)\nx = await c\n[c, x]", [2, 2])
def test_nested_call_in_await(): check("await tools.double(tools.double(1))", 4)


# ---- in parallel

def test_gather(): check("await asyncio.gather(tools.double(1), tools.double(2))", [2, 4], 2)
def test_gather_star(): check("await asyncio.gather(*[tools.double(i) for i in range(5)])", [0, 2, 4, 6, 8], 5)
def test_gather_generator(): check("await asyncio.gather(*(tools.double(i) for i in range(5)))", [0, 2, 4, 6, 8], 5)
def test_gather_map(): check("await asyncio.gather(*map(tools.double, range(3)))", [0, 2, 4], 3)
def test_gather_map_lambda(): check("await asyncio.gather(*map(lambda i: tools.double(n=i), range(3)))", [0, 2, 4], 3)
def test_gather_dict(): check("d = {k: tools.double(k) for k in (1, 2)}\ndict(zip(d.keys(), await asyncio.gather(*d.values())))",
                              {"$type": "map", "entries": [[1, 2], [2, 4]]}, 2)
def test_gather_imported(): check("from asyncio import gather as g\nawait g(tools.double(1), tools.double(2))", [2, 4], 2)
def test_gather_aliased_module(): check("import asyncio as aio\nawait aio.gather(tools.double(1), tools.double(2))", [2, 4], 2)
def test_gather_values(): check("await asyncio.gather(1, [2], {'a': 3}, tools.double(2))", [1, [2], {"a": 3}, 4])
def test_gather_unpacked(): check("a, b = await asyncio.gather(tools.double(1), tools.double(2))\na + b", 6, 2)
def test_gather_not_awaited(): check("asyncio.gather(tools.double(1), tools.double(2))", [2, 4], 2)
def test_gather_variable(): check("g = asyncio.gather(tools.double(1), tools.double(2))\nawait g", [2, 4], 2)
def test_gather_of_gathers(): check("await asyncio.gather(asyncio.gather(tools.double(1), tools.double(2)), tools.double(3))",
                                    [[2, 4], 6], 3)
def test_gather_condition(): check("await asyncio.gather(*[tools.double(i) if i else tools.echo('x') for i in range(2)])",
                                   ["x", 2], 2)
def test_gather_list_sum(): check("await asyncio.gather(*([tools.double(1)] + [tools.double(2)]))", [2, 4], 2)
def test_gather_exceptions(): check("r = await asyncio.gather(tools.fail(), tools.double(1), return_exceptions=True)\n"
                                    "[type(r[0]).__name__, r[0].name, r[0].code, r[0].data, str(r[0]), r[1]]",
                                    ["ToolError", "ValueError", "E_LUCK", {"why": [1]}, "no luck", 2], 2)
def test_stored_list(): check("calls = [tools.double(i) for i in range(3)]\nawait asyncio.gather(*calls)", [0, 2, 4], 3)
def test_stored_appended(): check("calls = []\nfor i in range(3):\n    calls.append(tools.double(i))\nawait asyncio.gather(*calls)",
                                  [0, 2, 4], 3)
def test_stored_in_dict(): check("calls = {}\nfor i in 'ab':\n    calls[i] = tools.echo(i)\n"
                                 "{k: await c for k, c in calls.items()}", {"a": "a", "b": "b"}, 2)
def test_stored_one_by_one(): check("a = tools.double(1)\nb = tools.double(2)\n[await a, await b]", [2, 4], 2)
def test_stored_tuple(): check("a, b = tools.double(1), tools.double(2)\n[await a, await b]", [2, 4], 2)
def test_stored_gathered(): check("a = tools.double(1)\nb = tools.double(2)\nawait asyncio.gather(a, b)", [2, 4], 2)
def test_stored_in_list_of_names(): check("a = tools.double(1)\nb = tools.double(2)\nl = [a, b]\nawait asyncio.gather(*l)", [2, 4], 2)
def test_stored_then_looped(): check("calls = [tools.double(i) for i in range(3)]\nr = []\nfor c in calls:\n    r.append(await c)\nr",
                                     [0, 2, 4], 3)
def test_stored_then_comprehended(): check("calls = [tools.double(i) for i in range(3)]\n[await c for c in calls]", [0, 2, 4], 3)
def test_stored_enumerated(): check("calls = [tools.double(i) for i in range(3)]\n"
                                    "{str(i): await c for i, c in enumerate(calls)}", {"0": 0, "1": 2, "2": 4}, 3)
def test_stored_zipped(): check("ids = ['a', 'b']\ncalls = [tools.echo(i) for i in ids]\n"
                                "[(i, await c) for i, c in zip(ids, calls)]", [["a", "a"], ["b", "b"]], 2)
def test_stored_extended(): check("calls = [tools.double(1)]\ncalls += [tools.double(2)]\ncalls.extend([tools.double(3)])\n"
                                  "print(len(calls))\nawait asyncio.gather(*calls)", [2, 4, 6], 3)
def test_stored_if_any(): check("calls = []\ncalls.append(tools.double(1))\nif calls:\n    r = await asyncio.gather(*calls)\nr", [2], 1)
def test_stored_by_index(): check("calls = [tools.double(i) for i in range(2)]\n[await calls[0], await calls[1]]", [0, 2], 2)
def test_stored_used_as_values(): check("rs = [tools.double(i) for i in range(3)]\nrs[1] + rs[2]", 6, 1)
def test_stored_used_both_ways(): check("rs = [tools.double(i) for i in range(3)]\nall = await asyncio.gather(*rs)\n[rs[2], all]",
                                        [4, [0, 2, 4]], 1)
def test_stored_printed(): assert check("r = tools.double(1)\nprint(r)\nr", 2).stdout == "2\n"
def test_stored_never_used(): check("r = tools.double(1)\nNone", None, 1)
def test_stored_awaited_in_function():
    check("calls = [tools.double(i) for i in range(3)]\nasync def main():\n    return await asyncio.gather(*calls)\nawait main()",
          [0, 2, 4], 3)
def test_stored_in_function():
    check("async def main(n):\n    calls = [tools.double(i) for i in range(n)]\n    return sum(await asyncio.gather(*calls))\n"
          "await main(4)", 12, 4)
def test_parameter_is_value():
    check("async def f(calls):\n    calls.append(tools.double(2))\n    return await asyncio.gather(*calls)\n"
          "l = [tools.double(1)]\nr = await f(l)\n[l, r]", [[2, 4], [2, 4]])


# ---- tasks

def test_create_task(): check("t = asyncio.create_task(tools.double(1))\nu = asyncio.create_task(tools.double(2))\n[await t, await u]",
                              [2, 4], 2)
def test_create_task_of_value(): check("await asyncio.create_task(asyncio.sleep(0, 7))", 7)
def test_ensure_future(): check("f = asyncio.ensure_future(tools.double(1))\nawait f", 2)
def test_loop_create_task(): check("t = asyncio.get_event_loop().create_task(tools.double(1))\nawait t", 2)
def test_task_result(): check("t = asyncio.create_task(tools.double(1))\nawait asyncio.wait([t])\nt.result()", 2)
def test_tasks_in_list(): check("ts = [asyncio.create_task(tools.double(i)) for i in range(3)]\n[await t for t in ts]", [0, 2, 4], 3)
def test_wait_for(): check("await asyncio.wait_for(tools.double(1), 5)", 2)
def test_wait_for_timeout():
    check("try:\n    await asyncio.wait_for(tools.slow(10), timeout=2)\nexcept asyncio.TimeoutError:\n    r = 'late'\nr", "late")
def test_wait_for_value(): check("await asyncio.wait_for(3, None)", 3)
def test_timeout(): check("try:\n    async with asyncio.timeout(2):\n        tools.slow(10)\nexcept TimeoutError:\n    r = 'late'\nr", "late")
def test_shield(): check("await asyncio.shield(tools.double(1))", 2)
def test_as_completed(): check("[await c for c in asyncio.as_completed([tools.slow(3), tools.slow(1), tools.slow(2)])]", [1, 2, 3], 3)
def test_as_completed_loop():
    check("r = []\nfor c in asyncio.as_completed([tools.slow(i) for i in (3, 1, 2)]):\n    r.append(await c)\nr", [1, 2, 3], 3)
def test_as_completed_variable():
    check("calls = [tools.slow(i) for i in (3, 1, 2)]\nr = []\nfor c in asyncio.as_completed(calls):\n    x = await c\n    r.append(x)\nr",
          [1, 2, 3], 3)
def test_wait(): check("done, rest = await asyncio.wait([tools.double(1), tools.double(2)])\n[sorted(d.result() for d in done), len(rest)]",
                       [[2, 4], 0], 2)
def test_wait_first():
    check("done, rest = await asyncio.wait([tools.slow(3), tools.slow(1)], return_when=asyncio.FIRST_COMPLETED)\n"
          "[[d.result() for d in done], len(rest)]", [[1], 1], 2)
def test_task_group():
    check("async with asyncio.TaskGroup() as tg:\n    a = tg.create_task(tools.double(1))\n    b = tg.create_task(tools.double(2))\n"
          "[a.result(), b.result()]", [2, 4], 2)
def test_task_group_list():
    check("async with asyncio.TaskGroup() as tg:\n    ts = [tg.create_task(tools.double(i)) for i in range(3)]\n"
          "[t.result() for t in ts]", [0, 2, 4], 3)
def test_task_group_fails():
    check("try:\n    async with asyncio.TaskGroup() as tg:\n        tg.create_task(tools.fail())\n        tg.create_task(tools.slow(9))\n"
          "except* ToolError as e:\n    r = [str(x) for x in e.exceptions]\nr", ["no luck"])
def test_cancel():
    check("t = asyncio.create_task(tools.slow(9))\nawait asyncio.sleep(1)\nt.cancel()\n"
          "try:\n    await t\nexcept asyncio.CancelledError:\n    r = 'gone'\nr", "gone")
def test_semaphore():
    check("""
gate = asyncio.Semaphore(2)
async def one(i):
    async with gate:
        return await tools.double(i)
await asyncio.gather(*[one(i) for i in range(5)])""", [0, 2, 4, 6, 8], 2)
def test_queue():
    check("""
q = asyncio.Queue()
out = []
async def worker():
    while True:
        i = await q.get()
        out.append(tools.double(i))
        q.task_done()
workers = [asyncio.create_task(worker()) for _ in range(2)]
for i in range(4):
    q.put_nowait(i)
await q.join()
for w in workers:
    w.cancel()
sorted(out)""", [0, 2, 4, 6], 2)
def test_lock_and_event():
    check("""
lock, event = asyncio.Lock(), asyncio.Event()
order = []
async def a():
    async with lock:
        await asyncio.sleep(1)
        order.append('a')
    event.set()
async def b():
    await event.wait()
    async with lock:
        order.append('b')
await asyncio.gather(b(), a())
order""", ["a", "b"])


# ---- functions

def test_async_function(): check("async def f(i):\n    return tools.double(i)\nawait asyncio.gather(f(1), f(2), f(3))", [2, 4, 6], 3)
def test_async_function_awaited(): check("async def f(i):\n    return await tools.double(i)\nawait asyncio.gather(f(1), f(2))", [2, 4], 2)
def test_async_method():
    check("class C:\n    async def get(self, i):\n        x = tools.double(i)\n        return x + 1\nawait asyncio.gather(*[C().get(i) for i in (1, 2)])",
          [3, 5], 2)
def test_async_generator():
    check("async def gen():\n    for i in range(3):\n        yield tools.double(i)\n[x async for x in gen()]", [0, 2, 4])
def test_async_for_over_tool(): check("r = []\nasync for i in tools.ids():\n    r.append(i)\nr", [1, 2, 3])
def test_async_recursion():
    check("async def f(n):\n    return 0 if n == 0 else tools.double(n) + await f(n - 1)\nawait f(3)", 12)
def test_plain_function(): check("def f(i):\n    return tools.double(i)\nf(1) + f(2)", 6, 1, 2)
def test_plain_function_from_async(): check("def f(i):\n    return tools.double(i)\nasync def g():\n    return f(1) + 1\nawait g()", 3, 1, 1)
def test_plain_function_gathered(): check("def f(i):\n    return tools.double(i)\nawait asyncio.gather(f(1), f(2))", [2, 4], 1, 2)
def test_plain_function_returns_gather():
    check("def f(n):\n    return asyncio.gather(*[tools.double(i) for i in range(n)])\nawait f(3)", [0, 2, 4], 3)
def test_lambda(): check("(lambda i: tools.double(i))(2)", 4, 1, 1)
def test_sort_key(): check("sorted([1, 3, 2], key=lambda i: -tools.double(i))", [3, 2, 1], 1, 3)
def test_list_map(): check("list(map(tools.double, [1, 2]))", [2, 4], 1, 2)
def test_filter(): check("list(filter(lambda i: tools.double(i) > 2, [1, 2]))", [2], 1, 2)
def test_class_body(): check("class C:\n    x = tools.double(2)\n    l = [tools.double(i) for i in (1, 2)]\n[C.x, C.l]", [4, [2, 4]], 1, 3)
def test_property(): check("class C:\n    @property\n    def x(self): return tools.double(2)\nC().x", 4, 1, 1)
def test_partial(): check("from functools import partial\nawait asyncio.gather(partial(tools.double, 1)(), partial(tools.double, 2)())",
                          [2, 4], None, None)
def test_partial_stored(): check("from functools import partial\np = partial(tools.double, 1)\nawait asyncio.gather(p(), p())", [2, 2], 2)
def test_recursion_at_top(): check("def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)\nfact(5)", 120)
def test_default_in_async(): check("async def f(x=tools.double(1)):\n    def g(): return x\n    return g()\nawait f()", 2)


# ---- comprehensions

def test_comprehension(): check("[tools.double(i) for i in range(3)]", [0, 2, 4], 1)
def test_comprehension_awaited(): check("[await tools.double(i) for i in range(3)]", [0, 2, 4], 1)
def test_comprehension_condition(): check("[i for i in range(4) if tools.double(i) > 3]", [2, 3], 1)
def test_comprehension_nested(): check("[[tools.double(i + j) for i in range(2)] for j in range(2)]", [[0, 2], [2, 4]], 1)
def test_comprehension_over_tool(): check("[i + 1 for i in tools.ids()]", [2, 3, 4])
def test_set_and_dict_comprehension(): check("[sorted({tools.double(i) for i in (1, 1)}), {str(i): tools.double(i) for i in (1,)}]", [[2], {"1": 2}])
def test_comprehension_in_async():
    check("async def f():\n    return [tools.double(i) for i in range(2)] + [x for y in [tools.ids()] for x in y]\nawait f()", [0, 2, 1, 2, 3])
def test_comprehension_in_plain(): check("def f():\n    return [tools.double(i) for i in range(2)]\nf()", [0, 2], 1, 2)
def test_generator(): check("sum(tools.double(i) for i in range(3))", 6)
def test_generator_any(): check("any(tools.double(i) > 2 for i in range(9))", True, 1, 3)
def test_generator_over_tool(): check("sum(i for i in tools.ids())", 6)
def test_generator_stored(): check("g = (tools.double(i) for i in range(2))\nlist(g)", [0, 2], 1, 2)
def test_generator_join(): check("', '.join(str(tools.double(i)) for i in range(2))", "0, 2", 1, 2)
def test_async_generator_expression(): check("g = (await tools.double(i) for i in range(2))\n[x async for x in g]", [0, 2])


# ---- asyncio.run and its kin

MAIN = "async def main():\n    a, b = await asyncio.gather(tools.double(1), tools.double(2))\n    return a + b\n"


def test_run(): check(MAIN + "asyncio.run(main())", 6, 2)
def test_run_assigned(): check(MAIN + "r = asyncio.run(main())\nr + 1", 7, 2)
def test_run_imported(): check("from asyncio import run\n" + MAIN + "run(main())", 6, 2)
def test_run_under_main(): check(MAIN + "if __name__ == '__main__':\n    r = asyncio.run(main())\nr", 6, 2)
def test_run_under_function(): check(MAIN + "def f():\n    return asyncio.run(main())\nf()", 6, 2, 1)
def test_run_under_function_in_task():
    check(MAIN + "def f():\n    return asyncio.run(main())\nasync def g():\n    t = asyncio.create_task(tools.slow(5))\n    return [f(), await t]\nawait g()",
          [6, 5], 3, 1)
def test_run_twice(): check(MAIN + "asyncio.run(main()) + asyncio.run(main())", 12, 2)
def test_run_of_call(): check("asyncio.run(tools.double(1))", 2)
def test_run_until_complete(): check(MAIN + "asyncio.get_event_loop().run_until_complete(main())", 6, 2)
def test_run_new_loop():
    check(MAIN + "loop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\ntry:\n    r = loop.run_until_complete(main())\n"
          "finally:\n    loop.close()\nr", 6, 2)
def test_run_until_complete_under_function():
    check(MAIN + "def f():\n    loop = asyncio.get_event_loop()\n    return loop.run_until_complete(main())\nf()", 6, 2, 1)
def test_runner(): check(MAIN + "with asyncio.Runner() as runner:\n    r = runner.run(main())\nr", 6, 2, 1)
def test_run_if_no_loop_runs():
    check(MAIN + "try:\n    asyncio.get_running_loop()\n    t = asyncio.create_task(main())\nexcept RuntimeError:\n    t = asyncio.run(main())\nt", 6, 2)
def test_run_fails():
    refused("async def main():\n    tools.fail()\nasyncio.run(main())", "ToolError", "no luck")
def test_run_cancels_its_tasks():
    report = check("""
async def forever():
    try:
        await asyncio.sleep(1000)
    finally:
        print('closed')
async def main():
    asyncio.create_task(forever())
    await asyncio.sleep(1)
    return 1
def f(): return asyncio.run(main())
[asyncio.run(main()), f()]""", [1, 1], blocked=None)
    assert report.stdout == "closed\nclosed\n"
def test_run_forever():
    check("loop = asyncio.get_event_loop()\nloop.call_later(2, loop.stop)\nloop.run_forever()\n1", 1, blocked=1)
def test_coroutine_is_value(): check(MAIN + "main()", 6, 2)
def test_task_is_value(): check(MAIN + "asyncio.create_task(main())", 6, 2)


# ---- threads that are none

def test_to_thread(): check("await asyncio.gather(*[asyncio.to_thread(tools.double, i) for i in range(3)])", [0, 2, 4], 3)
def test_to_thread_function(): check("def f(i):\n    return tools.double(i) + 1\nawait asyncio.to_thread(f, 1)", 3, 1, 1)
def test_run_in_executor():
    check("loop = asyncio.get_running_loop()\nawait asyncio.gather(*[loop.run_in_executor(None, tools.double, i) for i in range(3)])",
          [0, 2, 4], 3)
def test_run_in_executor_lambda(): check("await asyncio.get_event_loop().run_in_executor(None, lambda: tools.double(1))", 2, 1, 1)
def test_pool_map():
    check("from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n    r = list(pool.map(tools.double, range(3)))\nr",
          [0, 2, 4], 3, None)
def test_pool_submit():
    check("import concurrent.futures as cf\nwith cf.ThreadPoolExecutor() as pool:\n    fs = {pool.submit(tools.slow, i): i for i in (3, 1)}\n"
          "    r = [(fs[f], f.result()) for f in cf.as_completed(fs)]\nr", [[1, 1], [3, 3]], 2, None)
def test_pool_function():
    check("from concurrent.futures import ThreadPoolExecutor\ndef f(i): return tools.double(i)\n"
          "with ThreadPoolExecutor() as pool:\n    fs = [pool.submit(f, i) for i in (1, 2)]\n[f.result() for f in fs]", [2, 4], 1, 2)
def test_pool_fails():
    check("from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    f = pool.submit(tools.fail)\n"
          "[str(f.exception()), f.done()]", ["no luck", True], 1, None)
def test_threadsafe(): check("f = asyncio.run_coroutine_threadsafe(asyncio.sleep(1, 5), asyncio.get_event_loop())\nf.result()", 5, None, 1)


# ---- errors of tools

def test_error_plain(): check("try:\n    tools.fail()\nexcept ToolError as e:\n    r = [str(e), e.name, e.code, e.data]\nr",
                              ["no luck", "ValueError", "E_LUCK", {"why": [1]}])
def test_error_awaited(): check("try:\n    await tools.fail()\nexcept Exception as e:\n    r = type(e).__name__\nr", "ToolError")
def test_error_in_function(): check("def f():\n    try:\n        tools.fail()\n    except ToolError as e:\n        return str(e)\nf()",
                                    "no luck", 1, 1)
def test_error_of_gather(): refused("await asyncio.gather(tools.slow(5), tools.fail())", "ToolError", "no luck")
def test_error_stored(): refused("c = tools.fail()\nawait c", "ToolError", "no luck")


def test_limit_of_calls():
    session = Session(TOOLS)
    session.limit_calls = 1
    report = session.run("tools.double(1)\ntry:\n    tools.double(2)\nexcept ToolError as e:\n    r = [e.code, str(e)]\nr")
    assert report.value == ["tool_calls_limit", "Tool budget exceeded: 2 calls (limit: 1)"], report.error or report.json


# ---- time

def test_sleep(): check("await asyncio.sleep(3)\n1", 1)
def test_time_sleep(): check("import time\na = time.monotonic()\ntime.sleep(2)\ntime.monotonic() - a", 2.0, blocked=1)
def test_call_later(): check("f = asyncio.get_event_loop().create_future()\nasyncio.get_event_loop().call_later(2, f.set_result, 4)\nawait f", 4)
def test_sleeps_in_parallel():
    check("import time\na = time.monotonic()\nawait asyncio.gather(*[asyncio.sleep(i) for i in (3, 1, 2)])\ntime.monotonic() - a", 3.0)
def test_calls_and_timers():
    check("order = []\nasync def call(n):\n    order.append(tools.slow(n))\nasync def sleep(n):\n    await asyncio.sleep(n)\n    order.append(-n)\n"
          "await asyncio.gather(sleep(2), call(1), call(3))\norder", [1, -2, 3])
def test_many_cancelled_timers():
    check("for i in range(500):\n    async with asyncio.timeout(1000):\n        await asyncio.sleep(0)\nlen(asyncio.get_event_loop()._scheduled) < 250", True)


def test_deadlock():
    error = refused("await asyncio.Event().wait()", "Deadlock", "nothing can bring about")
    assert error["code"] == "deadlock", error
def test_deadlock_under_function(): refused("def f():\n    asyncio.run(asyncio.Event().wait())\nf()", "Deadlock", "nothing")


# ---- what is left at the end

def test_tasks_are_cancelled():
    report = check("async def w():\n    try:\n        await asyncio.sleep(100)\n    finally:\n        print('closed')\n"
                   "t = asyncio.create_task(w())\nawait asyncio.sleep(1)\n5", 5)
    assert report.stdout == "closed\n", report.stdout


def test_tasks_of_plain_code_are_finished():
    report = check("async def w():\n    await asyncio.sleep(100)\n    print('done')\nt = asyncio.create_task(w())\n5", 5)
    assert report.stdout == "done\n", report.stdout


def test_forgotten_error():
    report = Session(TOOLS).run(HEAD + "async def w():\n    1 / 0\nt = asyncio.create_task(w())\nawait asyncio.sleep(1)\n5")
    assert report.value == 5 and "Task exception was never retrieved" in report.stderr, report.stderr
    assert "ZeroDivisionError" in report.stderr, report.stderr


def test_session_goes_on():
    session = Session(TOOLS)
    session.run(HEAD + "x = 1\nasync def f():\n    return tools.double(x)\nt = asyncio.create_task(asyncio.sleep(100))\nawait asyncio.sleep(0)")
    report = session.run("x += 1\nawait f()", "main-2.py")
    assert report.value == 4, report.error
    assert session.run("from asyncio import gather", "main-3.py").error is None
    report = session.run("await gather(tools.double(1), tools.double(2))", "main-4.py")
    assert report.value == [2, 4] and report.at_once == 2


def test_late_answer_of_a_run_before():
    session = Session(TOOLS)
    session.run(HEAD + "t = asyncio.create_task(tools.slow(50))\nawait asyncio.sleep(1)")
    session.answers.append((1, True, "5"))
    assert session.run("tools.double(4)", "main-2.py").value == 8
