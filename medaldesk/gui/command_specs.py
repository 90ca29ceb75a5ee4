"""Every command of the window: its words, its shortcut, its place in the menus."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medaldesk.domain.standings import RankBy
from medaldesk.reports import table_words
from medaldesk.reports.language import tr


class Command(StrEnum):
    NEW_BOOK = "new_book"
    OPEN_BOOK = "open_book"
    OPEN_SAMPLE = "open_sample"
    BACK_UP = "back_up"
    IMPORT = "import"
    EXPORT = "export"
    EXPORT_BOOK = "export_book"
    CLOSE_WINDOW = "close_window"
    UNDO = "undo"
    REDO = "redo"
    FIND = "find"
    GO_TO = "go_to"
    ADD_COMPETITION = "add_competition"
    ADD_EVENT = "add_event"
    ADD_PHASE = "add_phase"
    ADD_NATION = "add_nation"
    CHANGE_COMPETITION = "change_competition"
    CHANGE_EVENT = "change_event"
    ADD_ENTRY = "add_entry"
    NEXT_GAP = "next_gap"
    DELETE_ENTRY = "delete_entry"
    DELETE_EVENT = "delete_event"
    DELETE_COMPETITION = "delete_competition"
    ADD_SPLIT = "add_split"
    ADD_RECORD = "add_record"
    PHASES = "phases"
    TEAM = "team"
    TAKE_DECISION = "take_decision"
    ABOUT_RESULT = "about_result"
    RULE_RECORD = "rule_record"
    CHANGE_RECORD = "change_record"
    DELETE_RECORD = "delete_record"
    PUBLISHED = "published"
    DESCRIBE_ATHLETE = "describe_athlete"
    MERGE_ATHLETES = "merge_athletes"
    DELETE_ATHLETE = "delete_athlete"
    STATUSES = "statuses"
    MEMBERSHIP = "membership"
    CHANGE_NATION = "change_nation"
    GROUPINGS = "groupings"
    TABLE_COMPETITIONS = "table_competitions"
    TABLE_AS_OF = "table_as_of"
    TABLE_COMPARE = "table_compare"
    TABLE_CHECK = "table_check"
    RANK_BY_GOLD = "rank_by_gold"
    RANK_BY_TOTAL = "rank_by_total"
    RANK_BY_POINTS = "rank_by_points"
    RANK_PER_CAPITA = "rank_per_capita"
    ALL_RANKS = "all_ranks"
    BREAKDOWN = "breakdown"
    MAKE_OFFICIAL = "make_official"
    REOPEN = "reopen"
    ORDER = "order"
    NEXT_PHASE = "next_phase"
    PREVIOUS_PHASE = "previous_phase"
    SHOW_EVENT = "show_event"
    SHOW_STANDINGS = "show_standings"
    SHOW_RECORDS = "show_records"
    SHOW_NATIONS = "show_nations"
    SHOW_ATHLETE = "show_athlete"
    SHOW_DECISIONS = "show_decisions"
    SHOW_HISTORY = "show_history"
    NEXT_PANE = "next_pane"
    TREE = "tree"
    SIDE = "side"
    LARGER = "larger"
    SMALLER = "smaller"
    NORMAL_SIZE = "normal_size"
    THEME_SYSTEM = "theme_system"
    THEME_LIGHT = "theme_light"
    THEME_DARK = "theme_dark"
    HELP = "help"
    ABOUT = "about"


class MenuName(StrEnum):
    FILE = "file"
    EDIT = "edit"
    BOOK = "book"
    RULES = "rules"
    TABLE = "table"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Spec:
    """One command; a `None` between specs is a line in the menu."""

    command: Command
    menu: MenuName
    text: str
    keys: str = ""
    tip: str = ""
    checkable: bool = False
    writes: bool = False


def specs() -> tuple[Spec | None, ...]:
    """All commands in the order of the menus, in the language of the moment."""
    return (
        Spec(Command.NEW_BOOK, MenuName.FILE, tr("&New book…"), "Ctrl+N"),
        Spec(Command.OPEN_BOOK, MenuName.FILE, tr("&Open…"), "Ctrl+O"),
        Spec(Command.OPEN_SAMPLE, MenuName.FILE, tr("Open the &sample book")),
        None,
        Spec(
            Command.BACK_UP, MenuName.FILE, tr("&Back up…"), "", tr("Copy the book to a new file")
        ),
        Spec(
            Command.IMPORT,
            MenuName.FILE,
            tr("&Import…"),
            "Ctrl+Shift+I",
            tr("Bring results, start lists, records or nations from files into the book"),
            writes=True,
        ),
        Spec(
            Command.EXPORT,
            MenuName.FILE,
            tr("&Export this page…"),
            "Ctrl+E",
            tr("Write the page as PDF or CSV"),
        ),
        Spec(
            Command.EXPORT_BOOK,
            MenuName.FILE,
            tr("Export the boo&k…"),
            "",
            tr("Write the book as a table, as ODF messages or as SQLite"),
        ),
        None,
        Spec(Command.CLOSE_WINDOW, MenuName.FILE, tr("&Quit"), "Ctrl+Q"),
        Spec(Command.UNDO, MenuName.EDIT, tr("&Undo"), "Ctrl+Z", writes=True),
        Spec(Command.REDO, MenuName.EDIT, tr("&Redo"), "Ctrl+Shift+Z", writes=True),
        None,
        Spec(Command.FIND, MenuName.EDIT, tr("&Find on this page"), "Ctrl+F"),
        Spec(
            Command.ADD_COMPETITION,
            MenuName.BOOK,
            tr("Add &competition…"),
            "Ctrl+Shift+N",
            writes=True,
        ),
        Spec(Command.ADD_EVENT, MenuName.BOOK, tr("Add &event…"), "Ctrl+Shift+E", writes=True),
        Spec(
            Command.ADD_ENTRY,
            MenuName.BOOK,
            tr("Add e&ntry"),
            "Ctrl+I",
            tr("Go to the line where the next entry is typed"),
            writes=True,
        ),
        Spec(
            Command.NEXT_GAP,
            MenuName.BOOK,
            tr("Next &missing mark"),
            "Ctrl+M",
            tr("Go to the first mark that is missing, or to the tie-break that is asked for"),
        ),
        Spec(
            Command.ADD_RECORD,
            MenuName.BOOK,
            tr("Add &record list…"),
            "Ctrl+R",
            tr("Keep a record list and say what stood before"),
            writes=True,
        ),
        Spec(Command.ADD_SPLIT, MenuName.BOOK, tr("Add s&plit column…"), "", writes=True),
        Spec(
            Command.ADD_NATION,
            MenuName.BOOK,
            tr("Add n&ation…"),
            "",
            tr("Add a nation that the book does not know"),
            writes=True,
        ),
        None,
        Spec(
            Command.CHANGE_EVENT,
            MenuName.BOOK,
            tr("Chan&ge event…"),
            "Ctrl+Shift+C",
            tr("Correct the day, the venue, or what kind of event it is"),
            writes=True,
        ),
        Spec(
            Command.CHANGE_COMPETITION,
            MenuName.BOOK,
            tr("Change compet&ition…"),
            "",
            tr("Correct the name, the days or the city"),
            writes=True,
        ),
        None,
        Spec(
            Command.MAKE_OFFICIAL,
            MenuName.BOOK,
            tr("Make &official"),
            "Ctrl+Return",
            tr("Count the medals of this event"),
            writes=True,
        ),
        Spec(Command.REOPEN, MenuName.BOOK, tr("Re&open event"), writes=True),
        None,
        Spec(Command.DELETE_ENTRY, MenuName.BOOK, tr("&Delete entry"), "Ctrl+Delete", writes=True),
        Spec(Command.DELETE_EVENT, MenuName.BOOK, tr("Delete e&vent"), writes=True),
        Spec(
            Command.DELETE_COMPETITION,
            MenuName.BOOK,
            tr("Delete compe&tition"),
            "",
            tr("Delete the competition with all that was held there"),
            writes=True,
        ),
        *rule_specs(),
        *table_specs(),
        Spec(
            Command.GO_TO,
            MenuName.VIEW,
            tr("&Go to…"),
            "Ctrl+K",
            tr("Go to any event, athlete, nation, record or command"),
        ),
        None,
        Spec(Command.SHOW_EVENT, MenuName.VIEW, tr("&Event"), "Ctrl+1"),
        Spec(Command.SHOW_STANDINGS, MenuName.VIEW, tr("&Medal table"), "Ctrl+2"),
        Spec(Command.SHOW_RECORDS, MenuName.VIEW, tr("&Records"), "Ctrl+3"),
        Spec(Command.SHOW_NATIONS, MenuName.VIEW, tr("&Nations"), "Ctrl+4"),
        Spec(Command.SHOW_ATHLETE, MenuName.VIEW, tr("&Athlete"), "Ctrl+5"),
        Spec(Command.SHOW_DECISIONS, MenuName.VIEW, tr("Dec&isions"), "Ctrl+6"),
        Spec(Command.SHOW_HISTORY, MenuName.VIEW, tr("&History"), "Ctrl+7"),
        None,
        Spec(
            Command.ORDER,
            MenuName.VIEW,
            tr("&Start order or by rank"),
            "Ctrl+L",
            tr("Change how the sheet stands"),
        ),
        Spec(
            Command.NEXT_PHASE,
            MenuName.VIEW,
            tr("Ne&xt phase"),
            "Ctrl+PgDown",
            tr("Show the sheet of the phase after this one"),
        ),
        Spec(
            Command.PREVIOUS_PHASE,
            MenuName.VIEW,
            tr("Pre&vious phase"),
            "Ctrl+PgUp",
            tr("Show the sheet of the phase before this one"),
        ),
        Spec(Command.NEXT_PANE, MenuName.VIEW, tr("Next &pane"), "F6"),
        Spec(Command.TREE, MenuName.VIEW, tr("&Tree"), "F9", checkable=True),
        Spec(Command.SIDE, MenuName.VIEW, tr("&What changed"), "F10", checkable=True),
        None,
        Spec(Command.LARGER, MenuName.VIEW, tr("&Larger text"), "Ctrl+="),
        Spec(Command.SMALLER, MenuName.VIEW, tr("S&maller text"), "Ctrl+-"),
        Spec(Command.NORMAL_SIZE, MenuName.VIEW, tr("&Normal text size"), "Ctrl+0"),
        None,
        Spec(Command.THEME_SYSTEM, MenuName.VIEW, tr("Theme of the s&ystem"), checkable=True),
        Spec(Command.THEME_LIGHT, MenuName.VIEW, tr("L&ight theme"), checkable=True),
        Spec(Command.THEME_DARK, MenuName.VIEW, tr("&Dark theme"), checkable=True),
        Spec(Command.HELP, MenuName.HELP, tr("&Help"), "F1"),
        Spec(Command.ABOUT, MenuName.HELP, tr("&About MedalDesk")),
    )


def rule_specs() -> tuple[Spec | None, ...]:
    """The commands about what is decided, ruled and counted."""
    return (
        Spec(
            Command.ABOUT_RESULT,
            MenuName.RULES,
            tr("&About this result"),
            "Ctrl+J",
            tr("Who typed it, the decisions on it, why it is or is not a record"),
        ),
        Spec(
            Command.TAKE_DECISION,
            MenuName.RULES,
            tr("Take &decision…"),
            "Ctrl+Shift+D",
            tr("Set status, rank and medal of entries as a jury or a federation decided"),
            writes=True,
        ),
        None,
        Spec(
            Command.TEAM,
            MenuName.RULES,
            tr("Members of the &team…"),
            "Ctrl+T",
            tr("Say who competed for the team under the cursor"),
            writes=True,
        ),
        Spec(
            Command.ADD_PHASE,
            MenuName.RULES,
            tr("Add p&hase…"),
            "",
            tr("Heats or a semi-final before the final, or a further run"),
            writes=True,
        ),
        Spec(
            Command.PHASES,
            MenuName.RULES,
            tr("&Phases…"),
            "",
            tr("Rename a phase, or delete it with its results"),
            writes=True,
        ),
        Spec(
            Command.STATUSES,
            MenuName.RULES,
            tr("&Statuses…"),
            "",
            tr("Add a status of your own, and say in which order a discipline lists them"),
            writes=True,
        ),
        Spec(
            Command.DESCRIBE_ATHLETE,
            MenuName.RULES,
            tr("Descr&ibe athlete…"),
            "",
            tr("Name, gender and date of birth, for junior records"),
            writes=True,
        ),
        Spec(
            Command.MERGE_ATHLETES,
            MenuName.RULES,
            tr("Mer&ge athletes…"),
            "",
            tr("Two athletes of the book are one person: say which name stays"),
            writes=True,
        ),
        Spec(
            Command.DELETE_ATHLETE,
            MenuName.RULES,
            tr("D&elete athlete"),
            "",
            tr("Take an athlete without results out of the book"),
            writes=True,
        ),
        None,
        Spec(
            Command.RULE_RECORD,
            MenuName.RULES,
            tr("&Rule on record…"),
            "Ctrl+Shift+R",
            tr("Ratify, annul or reinstate the record under the cursor"),
            writes=True,
        ),
        Spec(
            Command.CHANGE_RECORD,
            MenuName.RULES,
            tr("Change record &list…"),
            "",
            tr("Its policy: margin, wind, equal marks, ratification"),
            writes=True,
        ),
        Spec(
            Command.PUBLISHED,
            MenuName.RULES,
            tr("Compare with a p&ublished progression…"),
            "",
            tr("Type or paste a list from elsewhere and see what differs"),
            writes=True,
        ),
        Spec(Command.DELETE_RECORD, MenuName.RULES, tr("Delete rec&ord list"), writes=True),
        None,
        Spec(
            Command.MEMBERSHIP,
            MenuName.RULES,
            tr("Place in the &medal table…"),
            "",
            tr("Ranked, listed without a rank, or left out, for each nation of a competition"),
            writes=True,
        ),
        Spec(
            Command.CHANGE_NATION,
            MenuName.RULES,
            tr("Change &nation…"),
            "",
            tr("Its codes and their days, its continent, its population"),
            writes=True,
        ),
        Spec(
            Command.GROUPINGS,
            MenuName.RULES,
            tr("Grouping &views…"),
            "",
            tr("Which nations are counted together on screen and in reports"),
            writes=True,
        ),
    )


def table_specs() -> tuple[Spec | None, ...]:
    """The commands of the medal table."""
    explained = table_words.rank_explained
    return (
        Spec(
            Command.TABLE_COMPETITIONS,
            MenuName.TABLE,
            tr("&Competitions in the medal table…"),
            "",
            tr("One competition, several, a series or the whole book"),
        ),
        _toggle(
            Command.TABLE_AS_OF, tr("Medal table &as of…"), tr("The table of any day"), "Ctrl+D"
        ),
        _toggle(
            Command.TABLE_COMPARE,
            tr("Co&mpare medal tables…"),
            tr("Two tables, with the change in each number; once more, one alone"),
            "Ctrl+Shift+M",
        ),
        Spec(
            Command.TABLE_CHECK,
            MenuName.TABLE,
            tr("Chec&k against a published table…"),
            "",
            tr("What differs from a medal table from elsewhere, and why"),
        ),
        None,
        _toggle(Command.RANK_BY_GOLD, tr("Rank by &gold"), explained(RankBy.GOLD)),
        _toggle(Command.RANK_BY_TOTAL, tr("Rank by &total"), explained(RankBy.TOTAL)),
        _toggle(Command.RANK_BY_POINTS, tr("Rank by &weighted points"), explained(RankBy.WEIGHTED)),
        _toggle(Command.RANK_PER_CAPITA, tr("Rank &per capita"), explained(RankBy.PER_CAPITA)),
        None,
        _toggle(Command.ALL_RANKS, tr("All &ranks"), tr("The ranks by all four rules")),
        _toggle(Command.BREAKDOWN, tr("&Breakdown: men, women, mixed, open"), tr("By gender")),
    )


def _toggle(command: Command, text: str, tip: str, keys: str = "") -> Spec:
    """A command of the medal table that the menu shows as holding or not."""
    return Spec(command, MenuName.TABLE, text, keys, tip, checkable=True)


def menu_titles() -> dict[MenuName, str]:
    """The titles of the menus, in their order."""
    return {
        MenuName.FILE: tr("&File"),
        MenuName.EDIT: tr("&Edit"),
        MenuName.BOOK: tr("&Book"),
        MenuName.RULES: tr("&Rules"),
        MenuName.TABLE: tr("&Medal table"),
        MenuName.VIEW: tr("&View"),
        MenuName.HELP: tr("&Help"),
    }


ALSO = {Command.REDO: ("Ctrl+Y",), Command.LARGER: ("Ctrl++",)}
"""Further keys that hands know from elsewhere."""
