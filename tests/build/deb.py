#!/usr/bin/env python3
"""Makes the Debian package and tries it: what is in it, what dpkg does with it in a scratch folder, and what apt does in
a bare Debian made by debootstrap, where it is installed with its dependencies, used and purged.

usage: deb.py BUILD_DIR        (BUILD_DIR: where `make deb` puts the package)

The bare Debian is kept in ~/.cache/cloche. Without root, debootstrap or a mirror that part is skipped, without dpkg all is.
Ends with one line "N passed, N failed, N skipped"."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARIES = {"libc6", "libedit2", "libjansson4", "libsodium23", "libuv1", "libzstd1"}
FILES = ["usr/bin/cloche", "usr/libexec/cloche/cloche-worker", "usr/include/cloche.h", "usr/include/cloche_pool.h", "usr/share/man/man1/cloche.1.gz",
         "usr/share/bash-completion/completions/cloche", "usr/share/zsh/vendor-completions/_cloche",
         "usr/share/fish/vendor_completions.d/cloche.fish", "usr/share/doc/cloche/copyright",
         "usr/share/doc/cloche/changelog.gz", "usr/share/doc/cloche/changelog.Debian.gz",
         "usr/lib/*/libcloche.a", "usr/lib/*/libcloche.so.0.*", "usr/lib/*/pkgconfig/cloche.pc",
         "usr/lib/*/libcloche-pool.a", "usr/lib/*/libcloche-pool.so.0.*", "usr/lib/*/pkgconfig/cloche-pool.pc",
         "usr/lib/*/cmake/cloche/cloche-config.cmake"]
EXPECTED_COMPLAINTS = ("bogus-mail-host",  # the project has no mail address
                       "initial-upload-closes-no-bugs",  # of Debian's own
                       "link-to-shared-library-in-wrong-package", "package-name-doesnt-match-sonames")  # one package for all
SCRIPT = "const n: number = 1; n + 2"
results = {"passed": 0, "failed": 0, "skipped": 0}


def check(name, fine, detail=""):
    results["passed" if fine else "failed"] += 1
    if not fine:
        print(f"FAIL {name}: {detail}")


def skip(name, why):
    results["skipped"] += 1
    print(f"skipped {name}: {why}")


def run(*command, **kwargs):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **kwargs)


def finish():
    print(f"{results['passed']} passed, {results['failed']} failed, {results['skipped']} skipped")
    sys.exit(results["failed"] > 0)


def field(package, name):
    return run("dpkg-deb", "--field", package, name).stdout.strip()


def check_control(package):
    depends = dict(re.match(r"(\S+)(?: \((.*)\))?$", part).groups() for part in field(package, "Depends").split(", "))
    check("depends on its libraries alone", set(depends) == LIBRARIES, field(package, "Depends"))
    check("says which versions it needs", all(depends.values()), str(depends))
    header = re.search(r'CLOCHE_VERSION "(.*)"', (ROOT / "include" / "cloche.h").read_text()).group(1)
    check("has the library's version", field(package, "Version").split("-")[0] == header, field(package, "Version"))
    check("has a size", int(field(package, "Installed-Size")) > 1000, field(package, "Installed-Size"))
    for name in ("Maintainer", "Description", "Section", "Priority", "Architecture"):
        check(f"has the field {name}", field(package, name) != "")


def check_contents(package, work):
    listing = run("dpkg-deb", "--contents", package).stdout.splitlines()
    check("everything belongs to root", all("root/root" in line for line in listing))
    modes = {line.split()[5]: line[:10] for line in listing}
    for path, mode in modes.items():
        program = path in ("./usr/bin/cloche", "./usr/libexec/cloche/cloche-worker")
        good = "drwxr-xr-x" if path.endswith("/") else "lrwxrwxrwx" if mode[0] == "l" else "-rwxr-xr-x" if program else "-rw-r--r--"
        check(f"mode of {path}", mode == good, f"{mode}, not {good}")
    unpacked = work / "unpacked"
    run("dpkg-deb", "--raw-extract", package, unpacked)
    for pattern in FILES:
        check(f"has {pattern}", len(list(unpacked.glob(pattern))) == 1)
    sums = dict(reversed(line.split("  ")) for line in (unpacked / "DEBIAN" / "md5sums").read_text().splitlines())
    files = {str(path.relative_to(unpacked)) for path in (unpacked / "usr").rglob("*") if path.is_file() and not path.is_symlink()}
    check("md5sums has every file", set(sums) == files, str(files ^ set(sums)))
    wrong = [path for path, md5 in sums.items() if hashlib.md5((unpacked / path).read_bytes()).hexdigest() != md5]
    check("md5sums is right", not wrong, ", ".join(wrong))
    traces = [path for path in sorted(files) if str(ROOT).encode() in (unpacked / path).read_bytes()]
    check("no path of the build in any file", not traces, ", ".join(traces))
    shutil.rmtree(unpacked)


def check_lintian(package):
    if not shutil.which("lintian"):
        return skip("lintian", "it is not installed")
    complaints = run("lintian", "--no-tag-display-limit", package).stdout.splitlines()
    new = [line for line in complaints if line[:2] in ("E:", "W:") and not any(tag in line for tag in EXPECTED_COMPLAINTS)]
    return check("lintian has nothing new to say", not new, "\n".join(new))


def use(name, program, *before):
    """Runs scripts with an installed program; `before` is what enters the place where it is."""
    done = run(*before, program, "run", "-e", "1+2")
    check(f"{name}: runs JavaScript", done.stdout == "3\n" and done.returncode == 0, done.stdout + done.stderr)
    done = run(*before, program, "run", "--lang", "ts", "-e", SCRIPT)
    check(f"{name}: runs TypeScript", done.stdout == "3\n" and done.returncode == 0, done.stdout + done.stderr)
    done = run(*before, program, "doctor")
    check(f"{name}: the doctor is content", done.returncode == 0, done.stdout + done.stderr)


def install_with_dpkg(package, work):
    """Into a folder with a database of its own; dependencies are the machine's."""
    place = work / "dpkg"
    for folder in ("var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers"):
        (place / folder).mkdir(parents=True)
    (place / "var/lib/dpkg/status").touch()
    options = ["dpkg", f"--root={place}", "--force-not-root", "--force-depends", "--log=/dev/null"]
    done = run(*options, "--install", package)
    check("dpkg installs it", done.returncode == 0, done.stderr)
    use("dpkg", place / "usr/bin/cloche")
    done = run(*options, "--purge", "cloche")
    check("dpkg purges it", done.returncode == 0, done.stderr)
    left = [str(path) for path in place.rglob("*cloche*")] + [str(path) for path in (place / "usr").rglob("*")]
    check("dpkg leaves nothing of it", not left, ", ".join(left))


# ---- a bare Debian

def os_release():
    lines = pathlib.Path("/etc/os-release").read_text().splitlines()
    return {key: value.strip('"') for key, _, value in (line.partition("=") for line in lines)}


def mirror(suite):
    """The one that this machine uses for the suite, in either form of apt's sources."""
    for path in [pathlib.Path("/etc/apt/sources.list"), *sorted(pathlib.Path("/etc/apt").glob("sources.list.d/*"))]:
        text = path.read_text() if path.is_file() else ""
        for stanza in text.split("\n\n"):
            line = re.search(rf"^deb\s+(?:\[.*?\]\s+)?(https?://\S+)\s+{suite}\s", stanza, re.M)
            uri = re.search(r"^URIs:\s*(https?://\S+)", stanza, re.M)
            suites = re.search(r"^Suites:(.*)", stanza, re.M)
            if line or (uri and suites and suite in suites.group(1).split()):
                return (line or uri).group(1)
    return "http://deb.debian.org/debian"


def bare_system():
    """A tar file with a minimal system and, not installed yet, the libraries; or why there is none."""
    release = os_release()
    suite = release.get("VERSION_CODENAME", "")
    if release.get("ID") not in ("debian", "ubuntu") or not suite:
        return None, "this is neither Debian nor Ubuntu"
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "cloche"
    tar = cache / f"bare-{suite}-{run('dpkg', '--print-architecture').stdout.strip()}.tar"
    if tar.exists():
        return tar, ""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        place = pathlib.Path(folder, "bare")
        done = run("debootstrap", "--variant=minbase", suite, place, mirror(suite), timeout=600)
        if done.returncode == 0:
            done = run("chroot", place, "apt-get", "install", "-y", "-qq", "--download-only", "--no-install-recommends",
                       *sorted(LIBRARIES), timeout=300)
        if done.returncode != 0:
            return None, (done.stdout + done.stderr).strip().splitlines()[-1]
        done = run("tar", "-C", place, "-cf", f"{tar}.new", ".")
        if done.returncode != 0:
            return None, done.stderr
        os.rename(f"{tar}.new", tar)
    return tar, ""


def in_chroot(place, *command):
    """A command in there with /proc, which is unmounted with the namespace."""
    script = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
    return ["unshare", "--mount", "sh", "-c", script, str(place), *command]


def install_with_apt(package, work):
    if os.geteuid() != 0:
        return skip("a bare Debian", "only root can enter one")
    if not shutil.which("debootstrap"):
        return skip("a bare Debian", "debootstrap is not installed")
    tar, why = bare_system()
    if not tar:
        return skip("a bare Debian", why)
    place = work / "bare"
    place.mkdir()
    run("tar", "-C", place, "-xf", tar)
    if run(*in_chroot(place, "true")).returncode != 0:
        return skip("a bare Debian", "/proc cannot be mounted here")
    before = {str(path) for path in (place / "usr").rglob("*")}
    shutil.copy(package, place / "package.deb")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-qq", "--no-install-recommends"]
    done = run(*in_chroot(place, *apt, "install", "/package.deb"))
    check("apt installs it with its dependencies", done.returncode == 0, done.stdout + done.stderr)
    use("bare Debian", "cloche", *in_chroot(place))
    listed = run("chroot", place, "ldconfig", "-p").stdout
    check("the loader knows the library", "libcloche.so.0" in listed)
    done = run(*in_chroot(place, *apt, "purge", "cloche"))
    check("apt purges it", done.returncode == 0, done.stdout + done.stderr)
    run(*in_chroot(place, *apt, "autoremove", "--purge"))
    (place / "package.deb").unlink()
    left = sorted({str(path) for path in (place / "usr").rglob("*")} - before)
    left += [str(path) for path in place.rglob("*cloche*") if "/proc/" not in str(path)]
    check("apt leaves nothing of it", not left, ", ".join(left[:10]))
    return check("the loader has forgotten the library", "libcloche" not in run("chroot", place, "ldconfig", "-p").stdout)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not (shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps")):
        skip("the package", "dpkg-dev is not installed")
        finish()
    done = run(ROOT / "packaging" / "deb.sh", sys.argv[1])
    check("the package is made", done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:])
    if done.returncode == 0:
        package = pathlib.Path(done.stdout.strip())
        digest = hashlib.sha256(package.read_bytes()).digest()
        again = run(ROOT / "packaging" / "deb.sh", sys.argv[1])
        check("the package is the same when it is made again", hashlib.sha256(package.read_bytes()).digest() == digest, again.stderr)
        with tempfile.TemporaryDirectory() as scratch:
            work = pathlib.Path(scratch)
            check_control(package)
            check_contents(package, work)
            check_lintian(package)
            install_with_dpkg(package, work)
            install_with_apt(package, work)
    finish()


if __name__ == "__main__":
    main()
