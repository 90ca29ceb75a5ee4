"""What other processes do in the tests: hold a book, write until they are killed, be nobody."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from medaldesk.book.book import Book
from medaldesk.book.changes import Change
from medaldesk.domain.errors import MedalDeskError
from tests.book.worlds import Race, one_race

ROOT = Path(__file__).parents[2]
NOBODY = 65_534


def start(function: Callable[..., object], *words: object) -> subprocess.Popen[str]:
    """Run a function of this module in a process of its own, with words as its arguments."""
    code = f"import sys; from {__name__} import {function.__name__} as run; run(*sys.argv[1:])"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(function: Callable[..., object], *words: object) -> list[str]:
    """Run a function to its end; the lines it printed."""
    with start(function, *words) as child:
        output, _ = child.communicate(timeout=60)
    assert child.returncode == 0
    return output.splitlines()


def say(*words: object) -> None:
    print(*words, flush=True)


# What they do


def hold(path: str) -> None:
    """Open a book for writing, type a mark for each line that comes in, close at their end."""
    with Book.open(Path(path), who="Anna") as book:
        race = one_race(book)
        race.enter("Kok")
        say("ready" if book.can_write else "refused")
        for line in sys.stdin:
            race.mark("Kok", line.strip())
            say("typed")


def write_in_bursts(path: str, bursts: str, seed: str) -> None:
    """Make bursts of edits; tell of each as soon as it is safe: entry, kind and subject."""
    chance = random.Random(int(seed))
    with Book.open(Path(path), who="Anna") as book:
        race = one_race(book)
        names = [f"Skater-{pair}" for pair in range(1, 9)]
        for pair, name in enumerate(names, start=1):
            race.enter(name, unit=str(pair))
        book.subscribe(lambda change: say(change.journal, change.kind, f"{subject(change)};"))
        for _ in range(int(bursts)):
            for _ in range(chance.randint(1, 30)):
                race.mark(chance.choice(names), f"{chance.randint(7000, 7999) / 100:.2f}")
            if chance.random() < 0.2:
                book.edits.undo()
            if chance.random() < 0.1:
                book.checkpoint()


def subject(change: Change) -> str:
    return change.subject.replace(" ", "_")


def open_as_nobody(path: str) -> None:
    """Look at a book without any rights beyond reading it, and try to write to it."""
    become_nobody()
    told(lambda: look(Path(path)))
    told(lambda: Book.create(Path(path).with_name("new.medaldesk")))
    with Book.open(Path(path)) as book:
        told(lambda: book.backup(Path(path).with_name("copy.medaldesk")))


def open_as_nobody_once(path: str) -> None:
    """Only try to look."""
    become_nobody()
    told(lambda: look(Path(path)))


def become_nobody() -> None:
    """Give up what root may do; others have no such rights anyway."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def look(path: Path) -> None:
    with Book.open(path) as book:
        say("can write" if book.can_write else "can read", book.reads.title())
        told(lambda: book.edits.rename_book("Other"))
        say("problems", len(book.check()))


def told(make: Callable[[], object]) -> None:
    """Say which error comes of it."""
    try:
        make()
    except MedalDeskError as error:
        say(type(error).__name__)


def fill_the_disk(path: str) -> None:
    """Type marks until there is no more room, then say how far it went."""
    with Book.open(Path(path), who="Anna") as book:
        race = Race(book, book.reads.event_by_path("OG2026/W1000"))
        race.results = {row.name: row.id for row in book.reads.results(race.event)}
        say("ready" if book.can_write else "refused")
        told(lambda: type_on_and_on(race))
        say(race.book.reads.last_journal(), len(book.check()))


def type_on_and_on(race: Race) -> None:
    for number in range(100_000):
        race.book.edits.write_note(race.results["Kok"], f"{number} " * 400)
