"""Gets the sources of the Python engine: Debian's source packages, by the ordinary Debian client.

The lists are fetched into a folder of our own from the archives that this machine uses for its own packages, so that
its mirrors, proxies and keys hold, and nothing of its configuration changes. apt checks the signature of the lists and
by their hashes every file. The newest version is taken; where a mirror lists a version whose files it does not have,
the next older one, which is said. What was taken stays in the cache and stands, with its hashes, in sources.txt beside the
engine: a later build takes the same without any network. CLOCHE_PYTHON_SOURCES names a folder of .dsc files and what
belongs to them to use instead.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from engine_cache import cache_dir, digest, settle, stop

PACKAGES = ["python3.11", "zlib", "bzip2", "sqlite3"]
HINT = ("\n  `tools/deps.sh python` installs the tools. The sources are fetched once and kept; without network let"
        "\n  CLOCHE_PYTHON_SOURCES name a folder of Debian 12's source packages " + ", ".join(PACKAGES) + ".")


def release():
    text = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    found = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.M))
    return found.get("VERSION_CODENAME", "")


def archives(folder="/etc/apt"):
    """The machine's own archives as deb-src entries: [(file name's end, text)]."""
    code = release()
    suites = {code, f"{code}-updates", f"{code}-security", f"{code}/updates"}
    top = pathlib.Path(folder)
    lines, stanzas = [], []
    for file in [top / "sources.list", *sorted((top / "sources.list.d").glob("*.list"))]:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        for options, uri, suite in re.findall(r"^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+.*\bmain\b", text, re.M):
            if suite in suites:
                lines.append(f"deb-src {options}{uri} {suite} main\n")
    for file in sorted((top / "sources.list.d").glob("*.sources")):
        text = re.sub(r"^#.*\n", "", file.read_text(encoding="utf-8"), flags=re.M)
        for stanza in re.split(r"\n\s*\n", text):
            named = re.search(r"^Suites:(.*)$", stanza, re.M)
            wanted = [suite for suite in named[1].split() if suite in suites] if named else []
            if wanted and re.search(r"^Components:.*\bmain\b", stanza, re.M):
                stanza = re.sub(r"^Types:.*$", "Types: deb-src", stanza, flags=re.M)
                stanza = re.sub(r"^Components:.*$", "Components: main", stanza, flags=re.M)
                stanzas.append(re.sub(r"^Suites:.*$", "Suites: " + " ".join(wanted), stanza, flags=re.M).strip() + "\n")
    return [(".list", "".join(lines)), (".sources", "\n".join(stanzas))]


class Client:
    """apt with lists, cache and sources of its own in a folder."""

    def __init__(self, folder):
        parts = folder / "parts"
        parts.mkdir()
        (folder / "lists" / "partial").mkdir(parents=True)
        (folder / "cache" / "archives" / "partial").mkdir(parents=True)
        found = [(end, text) for end, text in archives() if text.strip()]
        if not found:
            stop(f"no archive of the release {release()!r} in this machine's apt sources" + HINT)
        for end, text in found:
            (parts / f"cloche{end}").write_text(text, encoding="utf-8")
        self.folder = folder
        self.options = ["-qq", "-o", "Dir::Etc::SourceList=/dev/null", "-o", f"Dir::Etc::SourceParts={parts}",
                        "-o", f"Dir::State::Lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache",
                        "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=2"]

    def run(self, program, *words):
        return subprocess.run([program, *self.options, *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)

    def versions(self, package):
        """What the archives list, the newest first."""
        listed = self.run("apt-cache", "showsrc", "--only-source", package).stdout
        found = list(dict.fromkeys(re.findall(r"^Version: (\S+)$", listed, re.M)))
        newer = lambda a, b: subprocess.run(["dpkg", "--compare-versions", a, "gt", b], check=False).returncode == 0
        ordered = []
        for version in found:
            at = next((i for i, other in enumerate(ordered) if newer(version, other)), len(ordered))
            ordered.insert(at, version)
        return ordered

    def source(self, package):
        versions = self.versions(package)
        if not versions:
            stop(f"the archives of {release()!r} have no source package {package}" + HINT)
        for version in versions:
            result = self.run("apt-get", "source", "--download-only", f"{package}={version}")
            if result.returncode == 0:
                if version != versions[0]:
                    print(f"Python engine: {package} {versions[0]} is listed, but could not be fetched; "
                          f"taking {version}", flush=True)
                return
        stop(f"could not fetch the source package {package} ({', '.join(versions)}):\n{result.stderr.strip()}{HINT}")


def fields(dsc):
    text = dsc.read_text(encoding="utf-8")
    name, version = (re.search(rf"^{field}: (\S+)$", text, re.M)[1] for field in ("Source", "Version"))
    block = re.search(r"^Checksums-Sha256:\s*\n((?: .*\n)+)", text, re.M)[1]
    return name, version, dict((file, sha) for sha, _, file in (line.split() for line in block.splitlines()))


def check(folder):
    """The .dsc of each package, all of whose files are there and have the hashes it says: {name: (path, version)}."""
    found = {}
    for dsc in sorted(folder.glob("*.dsc")):
        name, version, files = fields(dsc)
        for file, sha in files.items():
            path = folder / file
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha:
                stop(f"{path} is not there or not the file that {dsc.name} names; remove {folder} and build again")
        found[name] = (dsc, version)
    for package in PACKAGES:
        if package not in found:
            stop(f"no {package}*.dsc in {folder}" + HINT)
    return {package: found[package] for package in PACKAGES}


def download(folder):
    for tool in ("apt-get", "dpkg-source"):
        if not shutil.which(tool):
            stop(f"{tool} is missing" + HINT)
    with tempfile.TemporaryDirectory() as scratch:
        client = Client(pathlib.Path(scratch))
        result = client.run("apt-get", "update", "-o", "APT::Update::Error-Mode=any")
        if result.returncode != 0:
            stop(f"could not fetch the lists of source packages:\n{result.stderr.strip()}{HINT}")
        for package in PACKAGES:
            client.source(package)
        for file in client.folder.iterdir():
            if file.is_file():
                shutil.move(file, folder / file.name)


def kept():
    return cache_dir() / ("python-sources-" + digest(*PACKAGES, release())[:16])


def are_kept():
    return bool(os.environ.get("CLOCHE_PYTHON_SOURCES")) or kept().is_dir()


def get(spare):
    """The sources, fetched if need be: {package: (.dsc, version)}. `spare` is where they go if there is no cache."""
    if os.environ.get("CLOCHE_PYTHON_SOURCES"):
        return check(pathlib.Path(os.environ["CLOCHE_PYTHON_SOURCES"]))
    if not kept().is_dir():
        try:
            kept().parent.mkdir(parents=True, exist_ok=True)
            fresh = pathlib.Path(tempfile.mkdtemp(dir=kept().parent))
        except OSError:
            spare.mkdir(parents=True, exist_ok=True)
            download(spare)
            return check(spare)
        try:
            download(fresh)
            check(fresh)
            settle(fresh, kept().name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return check(kept())


def record(sources):
    """What was taken, a line a file: package, version, sha256, name."""
    lines = []
    for package, (dsc, version) in sources.items():
        files = {dsc.name: hashlib.sha256(dsc.read_bytes()).hexdigest(), **fields(dsc)[2]}
        lines += [f"{package} {version} {sha} {file}\n" for file, sha in sorted(files.items())]
    return "".join(lines)
