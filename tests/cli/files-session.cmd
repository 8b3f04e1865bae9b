cloche run --lang py -e 1 > /dev/null 2>&1 || exit 77 # the engine is not in this build
# files of a session: those of its own go with forks, undo and rollback; what is open of a mount does not
mkdir in; echo inside > in/file
cat > talk <<'END'
{"id": "1", "session": "a", "code": "f = open('/mnt/in/file'); own = open('own.txt', 'w+'); own.write('first'); own.flush(); f.read(3)"}
{"id": "2", "session": "a", "code": "f.read(3)"}
{"id": "3", "session": "a", "fork": "b"}
{"id": "4", "session": "b", "code": "f.read()"}
{"id": "5", "session": "b", "code": "own.write(', second'); own.flush(); open('own.txt').read(), open('/mnt/in/file').read()"}
{"id": "6", "session": "a", "code": "open('own.txt').read(), f.read()"}
{"id": "7", "session": "b", "undo": 1}
{"id": "8", "session": "b", "code": "open('own.txt').read()"}
{"id": "9", "session": "a", "code": "g = open('/mnt/in/new', 'w'); g.write('stays'); g.flush(); open('lost.txt', 'w').close()\nwhile True: pass", "timeout_ms": 300}
{"id": "10", "session": "a", "code": "import os\nos.path.exists('lost.txt'), open('/mnt/in/new').read()"}
{"id": "11", "session": "a", "files": {"/data/x": "given", "/data/y": {"base64": "AAEC"}}, "code": "open('/data/x').read(), open('/data/y', 'rb').read()[2]"}
{"id": "12", "session": "a", "code": "open('/data/x', 'w').write('changed')"}
{"id": "13", "session": "a", "code": "open('/data/x').read()"}
{"id": "14", "session": "a", "files": {"/data/x": "again"}, "code": "open('/data/x').read()"}
{"id": "15", "session": "a", "files": {"/mnt/in/x": "no"}, "code": "1"}
{"id": "16", "session": "a", "files": {"../x": "no"}, "code": "1"}
END
cloche jsonl py --mount in:/mnt/in:rw < talk | sed 's/"duration_ms":[0-9.]*/"duration_ms":0/'; ls in
# in another process, with other mounts: the guest's own files are there, and the mounts are those of that process
mkdir other; echo elsewhere > other/file
cat > ask.py <<'END'
import json, subprocess, sys
def talk(options, *requests):
    lines = '\n'.join(json.dumps(r) for r in requests)
    done = subprocess.run(['cloche', 'jsonl', 'py', *options], input=lines, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
first = talk(['--mount', 'in:/mnt/in'], {"id": "1", "code": "f = open('/mnt/in/file'); open('own.txt', 'w').write('kept')"},
             {"id": "2", "snapshot": True})
look = "import os\nopen('own.txt').read(), os.listdir('/mnt'), os.path.exists('/mnt/in/file')"
close = "f.read()"
for options in ([], ['--mount', 'other:/mnt/other'], ['--mount', 'other:/mnt/in']):
    answers = talk(options, {"id": "1", "session": "s", "language": "py", "restore": first[1]["output"]}, {"id": "2", "session": "s", "code": look}, {"id": "3", "session": "s", "code": close},
                   {"id": "4", "session": "s", "code": "open('/mnt/in/file').read()"})
    print(*[(a.get("error") or a.get("output") or "").splitlines()[-1:] for a in answers])
END
python3 ask.py
