#!/usr/bin/env python3
"""A host in Python: gives a script a tool and answers its calls as they get ready, in whatever order. usage: host.py [CLOCHE]"""
import json
import subprocess
import sys
import threading
import time

SCRIPT = """
const cities = ['Oslo', 'Lima', 'Pune'];
const rain = await Promise.all(cities.map(city => tools.rain({ city })));
console.log(cities.map((city, i) => `${city}: ${rain[i]} mm`).join('\\n'));
try { await tools.rain({ city: 'Atlantis' }) } catch (error) { console.log(`${error.name}: ${error.message}`) }
rain.reduce((a, b) => a + b);
"""
FIGURES = {"Oslo": (0.3, 763), "Lima": (0.1, 16), "Pune": (0.2, 722)}  # how long it takes to find out, and what

cloche = subprocess.Popen([*(sys.argv[1:] or ["cloche"]), "jsonl", "--report"], text=True, bufsize=1, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE)


def send(**message):
    cloche.stdin.write(json.dumps(message) + "\n")  # one write a line: threads do not mix


def answer(call):
    city = call["argument"]["city"]
    if city not in FIGURES:
        return send(type="result", call=call["id"], error={"name": "RangeError", "message": f"no figures for '{city}'"})
    time.sleep(FIGURES[city][0])
    send(type="result", call=call["id"], value=FIGURES[city][1])


send(id="1", tools=["rain"], code=SCRIPT)
for message in map(json.loads, cloche.stdout):
    if message["type"] == "call":
        threading.Thread(target=answer, args=[message]).start()
    elif message["type"] == "event":
        print(message["event"]["content"])
    elif message["type"] == "report":
        print("value:", message["report"].get("value", message["report"].get("error")))
        cloche.stdin.close()
sys.exit(cloche.wait())
