#!/usr/bin/env python3
"""An approval that waits across an upgrade still resumes: a run is saved by one build of the program and finished by another,
whose bootstrap, and so whose image, is a different one.

usage: upgrade.py BUILD_DIR [SECOND_BUILD_DIR]        (the second one is made if it is not named)

Ends with one line "N passed, N failed, N skipped"."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHANGED = ROOT / "guest" / "js" / "world" / "locale.js"
results = {"passed": 0, "failed": 0}


def check(name, fine, detail=""):
    results["passed" if fine else "failed"] += 1
    if not fine:
        print(f"FAILED {name}: {detail}")


def run(*command, cwd, data, lines=""):
    environment = dict(os.environ, XDG_DATA_HOME=str(data), LC_ALL="C.UTF-8")
    return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True,
                          input=lines, timeout=60)


def second_build(work):
    """The same sources with a bootstrap that has one global more."""
    for name in "CMakeLists.txt", "cmake", "include", "src", "guest":
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, work / name)
    changed = work / CHANGED.relative_to(ROOT)
    changed.write_text(changed.read_text(encoding="utf-8") + "\nglobalThis.upgraded = true;\n", encoding="utf-8")
    configure = ["cmake", "-S", work, "-B", work / "out", "-G", "Ninja", "-Wno-dev", "-DCLOCHE_FOLDERS=", "-DCLOCHE_PYTHON=OFF"]
    for command in configure, ["ninja", "-C", work / "out", "cloche"]:
        done = subprocess.run(command, capture_output=True, text=True, cwd=work)
        if done.returncode != 0:
            sys.exit(f"the second build failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}\n0 passed, 1 failed, 0 skipped")
    return work / "out" / "cloche"


def id_of(cloche, what, work):
    text = run(cloche, "version", cwd=work, data=work).stdout
    return next(line.split()[2] for line in text.splitlines() if line.startswith(f"{what} id"))


def upgrade(old, new, work):
    data, empty = work / "data", work / "empty"
    check("both have the same engine", id_of(old, "engine", work) == id_of(new, "engine", work))
    check("their images differ", id_of(old, "image", work) != id_of(new, "image", work))
    script = ("const made = [1, 2, 3].map(n => ({n})); let timer = 0; setTimeout(() => timer++, 5);"
              "const yes = await tools.approve(made); await new Promise(f => setTimeout(f, 20));"
              "({yes, made, timer, upgraded: typeof upgraded, text: (12345).toLocaleString('en-US')})")
    saved = run(old, "run", "-e", script, "--suspend", "approve", "--save", "waits.snap", cwd=work, data=data)
    check("saved by the old build", saved.returncode == 75, saved)
    info = run(new, "snapshot", "info", "waits.snap", cwd=work, data=data)
    check("the new build knows the image", "kept here" in info.stdout, info)
    done = run(new, "resume", "waits.snap", "--answer", "approve=\"yes\"", cwd=work, data=data)
    want = '{"yes":"yes","made":[{"n":1},{"n":2},{"n":3}],"timer":1,"upgraded":"undefined","text":"12,345"}\n'
    check("finished by the new build", (done.returncode, done.stdout) == (0, want), done)
    fresh = run(new, "run", "-e", "upgraded", cwd=work, data=data)
    check("whose own runs have its own bootstrap", fresh.stdout == "true\n", fresh)
    done = run(new, "resume", "waits.snap", "--answer", "approve=1", cwd=work, data=empty)
    both = id_of(old, "image", work) in done.stderr and id_of(new, "image", work) in done.stderr
    check("without the image it is a refusal that names both", done.returncode == 5 and both, done)
    check("and the file says so", "not on this machine" in run(new, "snapshot", "info", "waits.snap", cwd=work, data=empty).stdout)
    again = run(new, "run", "-e", "await tools.a(); upgraded", "--suspend", "a", "--save", "new.snap", cwd=work, data=data)
    check("and the other way round", again.returncode == 75, again)
    done = run(old, "resume", "new.snap", "--answer", "a=", cwd=work, data=data)
    check("the old build finishes the new one's run", done.stdout == "true\n", done)
    run(old, "repl", cwd=work, data=data, lines="let kept = [1, 2]\n.save session.snap\n")
    loaded = run(new, "repl", cwd=work, data=data, lines=".load session.snap\nkept.push(3)\ntypeof upgraded\n")
    check("a session is loaded by the other build", loaded.stdout.split() == ["3", "'undefined'"], loaded)
    listed = run(old, "image", "list", cwd=work, data=data)
    check("both images are kept", len(listed.stdout.splitlines()) == 2 and listed.stdout.count("the one of this program") == 1, listed)
    pruned = run(old, "image", "prune", id_of(new, "image", work), cwd=work, data=data)
    check("one of them is removed on request", pruned.returncode == 0 and len(list(data.rglob("*.img.zst"))) == 1, pruned)
    damaged = next(data.rglob("*.img.zst"))
    damaged.write_bytes(damaged.read_bytes()[:-100])
    done = run(new, "resume", "waits.snap", "--answer", "approve=1", cwd=work, data=data)
    check("a damaged image is refused", done.returncode == 5 and "damaged" in done.stderr, done)
    recorded = run(old, "run", "-e", "Math.random()", "--record", "a.rec", cwd=work, data=data)
    replayed = run(new, "run", "--replay", "a.rec", cwd=work, data=data)
    both = id_of(old, "image", work)[:16] in replayed.stderr and id_of(new, "image", work)[:16] in replayed.stderr
    check("a recording of the other build is refused with both ids", recorded.returncode == 0 and replayed.returncode == 5 and both,
          replayed)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="cloche-upgrade-") as folder:
        work = pathlib.Path(folder)
        old = pathlib.Path(sys.argv[1], "cloche").resolve()
        new = pathlib.Path(sys.argv[2], "cloche").resolve() if len(sys.argv) == 3 else second_build(work)
        upgrade(old, new, work)
    print(f"{results['passed']} passed, {results['failed']} failed, 0 skipped")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
