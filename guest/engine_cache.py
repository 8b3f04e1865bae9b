"""What the builds of the guest engines share: running tools, hashing inputs, and the cache of products.

The cache is $CLOCHE_CACHE, else $XDG_CACHE_HOME/cloche, else ~/.cache/cloche. What it holds is named by the hash of all
inputs, and appears in it whole or not at all. A cache that cannot be written is no error.
"""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def stop(message):
    sys.exit(f"{os.path.basename(sys.argv[0])}: {message}")


def run(*command, **kwargs):
    result = subprocess.run([str(part) for part in command], **kwargs)
    if result.returncode != 0:
        stop(f"{command[0]} failed with status {result.returncode}")
    return result


def output(*command):
    """What a command prints."""
    return run(*command, stdout=subprocess.PIPE).stdout


def digest(*parts):
    state = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        state.update(len(data).to_bytes(8, "little") + data)
    return state.hexdigest()


def cache_dir():
    if os.environ.get("CLOCHE_CACHE"):
        return pathlib.Path(os.environ["CLOCHE_CACHE"])
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", "/nonexistent"), ".cache")
    return pathlib.Path(base) / "cloche"


@contextlib.contextmanager
def alone(name):
    """One build at a time: another one of the same user would do the same work at the same time."""
    try:
        cache_dir().mkdir(parents=True, exist_ok=True)
        lock = open(cache_dir() / f"{name}.lock", "w", encoding="ascii")
    except OSError:
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("another build of the same is under way; waiting for it", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch(name, products, out):
    """Copies the products of the cache's entry `name` to the folder `out`; False where they are not all there."""
    store = cache_dir() / name
    if not all((store / product).is_file() for product in products):
        return False
    for product in products:
        shutil.copyfile(store / product, out / product)
    return True


def keep(name, products, out):
    """Puts products of the folder `out` into the cache."""
    try:
        fresh = scratch_beside(cache_dir())
        for product in products:
            shutil.copyfile(out / product, fresh / product)
        settle(fresh, name)
    except OSError:
        pass  # another build was faster, or there is no room: the products stand in `out` all the same


def scratch_beside(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(dir=folder))


def settle(fresh, name):
    """Gives a finished folder of the cache its name; where another build was faster, that one's stays."""
    try:
        os.rename(fresh, cache_dir() / name)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
