"""Everything a person who works on MedalDesk types: `python3 dev.py run|test|lint|bench|lock`.

Standard library only. The first command of all makes the environment in `.venv`: the packages
pinned in `requirements/dev.txt`, each checked against its hash, and MedalDesk itself, editable.
Later ones reuse it until a pin, the Python or the place of the checkout changes.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

# Only syntax that an old Python can read stands above and below, so that this is what it says.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"MedalDesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "medaldesk.stamp"
PROJECT = ROOT / "pyproject.toml"
LOCKS = (ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "dev.txt")
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
DEMO_FOLDER = Path("build", "demo")

# What Qt wants of the system: the library, and the Debian package it is in.
PACKAGE_OF_LIBRARY = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local" / "share" / "fonts",
)
FONT_SUFFIXES = {".otf", ".pfb", ".ttc", ".ttf"}
# The test in a real window needs an X server, a window manager and somebody to type.
PACKAGE_OF_TOOL = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
# The parts of Qt that link to the system. X11 is asked for even on a Wayland desktop and where
# there is no display: Qt falls back on it, and the test in a real window brings its own.
QT_PARTS = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6Svg.so.6",
    "plugins/platforms/libqoffscreen.so",
    "plugins/platforms/libqxcb.so",
)
QT_WAYLAND_PARTS = ("plugins/platforms/libqwayland.so",)


# The commands


def run(arguments: Sequence[str]) -> int:
    """Open a book in the window, the sample without a name; with no display, show the main job."""
    from medaldesk.launch import has_display

    prepare()
    want_system_packages(missing_for_qt())
    if has_display():
        return call(python_of(VENV), "-m", "medaldesk", *arguments)
    say(f"There is no display: here is the main job in the terminal, its files in {DEMO_FOLDER}.")
    return call(python_of(VENV), "-m", "medaldesk", "demo", "--out", DEMO_FOLDER)


def test(arguments: Sequence[str]) -> int:
    """Run the tests, on all processors unless told otherwise; arguments go to pytest."""
    prepare()
    want_system_packages([*missing_for_qt(), *missing_tools()])
    return call(python_of(VENV), "-m", "pytest", *workers(arguments), *arguments)


def lint(_arguments: Sequence[str]) -> int:
    """Check format, style, types and the direction of imports: all of them, then the verdict."""
    prepare()
    checks: dict[str, tuple[str, ...]] = {
        "format": ("ruff", "format", "--check", "."),
        "style": ("ruff", "check", "."),
        "types": ("mypy",),
        "imports": ("lint-imports", "--no-logo"),
    }
    failed = [name for name, (tool, *words) in checks.items() if call(script(tool), *words)]
    say(f"Not clean: {', '.join(failed)}." if failed else f"Clean: {', '.join(checks)}.")
    return 1 if failed else 0


def bench(arguments: Sequence[str]) -> int:
    """Measure; arguments go to the benchmark."""
    prepare()
    want_system_packages(missing_for_qt())
    return call(python_of(VENV), "-m", "tests.bench", *arguments)


def lock(arguments: Sequence[str]) -> int:
    """Write the pins of `requirements/*.in` anew with uv; arguments (`--upgrade`) go to uv."""
    uv = shutil.which("uv")
    if uv is None:
        say("`lock` needs the program uv, which is not on this system.")
        return 1
    fixed = ("--universal", "--generate-hashes", "--python-version", "3.11", "--quiet")
    header = ("--custom-compile-command", "python3 dev.py lock")
    for pins in LOCKS:
        name = pins.relative_to(ROOT)
        wanted = name.with_suffix(".in")
        if call(uv, "pip", "compile", *fixed, *header, *arguments, wanted, "-o", name):
            return 1
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command for command in (run, test, lint, bench, lock)
}


# The environment


def prepare() -> None:
    """Make `.venv` what the locks say, and do nothing when it already is."""
    packages = fingerprint(LOCKS, (sys.version, str(ROOT)))
    project = fingerprint((PROJECT,), ())
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if done == [packages, project]:
        return
    if done[:1] != [packages]:
        make_environment()
    must(python_of(VENV), *PIP, "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(f"{packages}\n{project}\n", encoding="utf-8")


def fingerprint(files: Iterable[Path], words: Iterable[str]) -> str:
    """Hash of the contents of `files` and of `words`: 64 hexadecimal digits."""
    # Line ends differ between checkouts on Windows and elsewhere; the pins do not.
    texts = [path.read_text(encoding="utf-8") for path in files]
    return hashlib.sha256("\0".join([*texts, *words]).encode()).hexdigest()


def make_environment() -> None:
    """Make `.venv` from nothing and install the pinned packages, each checked against its hash."""
    want_system_packages(missing_for_venv())
    say("Making .venv and installing the pinned packages: once, a minute or so.")
    # From nothing, so that a package no longer pinned is no longer there.
    must(sys.executable, "-m", "venv", "--clear", VENV)
    must(python_of(VENV), *PIP, "--require-hashes", "--requirement", LOCKS[-1])


def python_of(environment: Path) -> Path:
    """The Python inside a virtual environment."""
    return scripts_of(environment) / ("python.exe" if os.name == "nt" else "python")


def script(name: str) -> Path:
    """The program that a package installed in `.venv`."""
    return scripts_of(VENV) / (f"{name}.exe" if os.name == "nt" else name)


def scripts_of(environment: Path) -> Path:
    """The folder of programs inside a virtual environment."""
    return environment / ("Scripts" if os.name == "nt" else "bin")


def workers(arguments: Sequence[str]) -> list[str]:
    """What spreads pytest over the processors, or nothing when the arguments decide that."""
    decides = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "-p", "-s", "--collect-only")
    return [] if any(word.startswith(decides) for word in arguments) else ["-n", "auto"]


# The system


def missing_for_venv() -> list[str]:
    """Debian package that lets Python make an environment, where Debian left it out."""
    if importlib.util.find_spec("ensurepip") is not None:
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def missing_for_qt() -> list[str]:
    """Debian packages that the window lacks here; of libraries in none of them it tells."""
    if not sys.platform.startswith("linux"):
        return []
    libraries = sorted({name for part in qt_parts() for name in missing_libraries(ldd(part))})
    unknown = [name for name in libraries if name not in PACKAGE_OF_LIBRARY]
    if unknown:
        say(f"Qt also needs {', '.join(unknown)}, in a system package not known here.")
    return [*packages_of(libraries), *([] if has_font(FONT_FOLDERS) else [FONT_PACKAGE])]


def qt_parts() -> list[Path]:
    """The files of the installed Qt that link to the system."""
    qt = next(VENV.glob("lib/python*/site-packages/PySide6/Qt"))
    wayland = QT_WAYLAND_PARTS if os.environ.get("WAYLAND_DISPLAY") else ()
    return [qt / part for part in (*QT_PARTS, *wayland)]


def ldd(library: Path) -> str:
    """What the system's loader says of everything a library needs, directly or not."""
    done = subprocess.run(["ldd", library], capture_output=True, text=True, check=False)
    return done.stdout


def missing_libraries(listing: str) -> list[str]:
    """Names of the libraries that a listing of `ldd` says are not found."""
    lines = (line.split() for line in listing.splitlines())
    return [words[0] for words in lines if words[1:] == ["=>", "not", "found"]]


def packages_of(libraries: Iterable[str]) -> list[str]:
    """Debian packages of the libraries that have a known one, each package once."""
    known = (PACKAGE_OF_LIBRARY[name] for name in libraries if name in PACKAGE_OF_LIBRARY)
    return list(dict.fromkeys(known))


def has_font(folders: Iterable[Path]) -> bool:
    """Whether there is a font at all: without one Qt paints empty boxes."""
    files = (path for folder in folders for path in folder.rglob("*"))
    return any(path.suffix.lower() in FONT_SUFFIXES for path in files)


def missing_tools() -> list[str]:
    """Debian packages that the test in a real window lacks here; it is skipped without them."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for tool, package in PACKAGE_OF_TOOL.items() if not shutil.which(tool)]


def want_system_packages(packages: Sequence[str]) -> None:
    """Install what is missing when this is Debian or Ubuntu and root; else say how, and go on."""
    if not packages:
        return
    if not (is_debian(os_release()) and shutil.which("apt-get")):
        say(f"This system lacks (by their Debian names): {' '.join(packages)}")
    elif os.geteuid() != 0:
        say(f"This system lacks some packages; to install them: {apt_line(packages)}")
    elif not apt_install(packages):
        say(f"apt-get could not install all of: {' '.join(packages)}")


def os_release() -> str:
    """What the system says it is; empty where it does not say."""
    path = Path("/etc/os-release")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def is_debian(release: str) -> bool:
    """Whether the text of an `os-release` file is that of Debian, Ubuntu or a child of theirs."""
    fields: Mapping[str, str] = dict(
        line.split("=", 1) for line in release.splitlines() if "=" in line
    )
    names = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', " ").split()
    return not {"debian", "ubuntu"}.isdisjoint(names)


def apt_line(packages: Sequence[str]) -> str:
    """The one line a person types to install the packages."""
    return " ".join(["sudo apt-get install -y --no-install-recommends", *packages])


def apt_install(packages: Sequence[str]) -> bool:
    """Install the packages as root, asking nothing; whether that worked."""
    say(f"Installing with apt-get: {' '.join(packages)}")
    # An update that fails for one source of many may still know these packages.
    apt_get("update")
    return apt_get("install", "-y", "--no-install-recommends", *packages)


def apt_get(*words: str) -> bool:
    """Run apt-get, quiet unless something is wrong; whether it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *words]
    return not subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, check=False
    ).returncode


# Small things


def say(sentence: str) -> None:
    """Print at once, so that it stands before what the next program prints."""
    print(sentence, flush=True)


def call(*words: str | Path) -> int:
    """Run a program in the checkout; its exit code."""
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def must(*words: str | Path) -> None:
    """Run a program in the checkout; leave when it fails."""
    if call(*words):
        sys.exit("That failed for the reason above; run the same command again once it is mended.")


def usage() -> str:
    """The commands, each with its one sentence."""
    lines = [f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items()]
    return "\n".join(["python3 dev.py COMMAND [ARGUMENTS]", "", *lines])


def main() -> int:
    """Do the command of the command line, or list them all."""
    name, *arguments = sys.argv[1:] or ["--help"]
    if name not in COMMANDS:
        say(usage())
        return 0 if name in ("-h", "--help") else 2
    try:
        return COMMANDS[name](arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
