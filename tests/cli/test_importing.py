"""`medaldesk import`: files into a book without a window."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

RESULTS = """competition,date,discipline,event,event_name,gender,mark_kind,athlete,nation,mark
X1,2020-01-03,SSK,SSKW500M,Women's 500 m,W,time,Ann One,NED,38.10
X1,2020-01-03,SSK,SSKW500M,Women's 500 m,W,time,Bea Two,QQQ,38.20
"""


def new_book(run: Run, tmp_path: Path) -> Path:
    assert run("new", "b.medaldesk").returncode == 0
    (tmp_path / "in.csv").write_text(RESULTS, encoding="utf-8")
    return tmp_path / "b.medaldesk"


def test_a_file_is_taken_and_the_rest_is_told(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    done = run("import", "b.medaldesk", "in.csv", "--report", "left.csv")
    assert done.returncode == 0
    assert "1 rows new, 0 changed, 0 unchanged, 1 not taken." in done.stdout
    assert "in.csv, row 3: There is no nation QQQ" in done.stderr
    assert "Bea Two" in (tmp_path / "left.csv").read_text(encoding="utf-8")
    assert "38.10" in run("results", "b.medaldesk", "X1/SSKW500M").stdout
    assert run("check", "b.medaldesk").returncode == 0


def test_a_dry_run_changes_nothing(run: Run, tmp_path: Path):
    path = new_book(run, tmp_path)
    before = path.read_bytes()
    done = run("import", "b.medaldesk", "in.csv", "--dry-run")
    assert done.returncode == 0
    assert "Nothing was changed." in done.stdout
    assert path.read_bytes() == before


def test_again_changes_nothing(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    run("import", "b.medaldesk", "in.csv")
    done = run("import", "b.medaldesk", "in.csv", "in.csv")
    assert "0 rows new, 0 changed, 2 unchanged, 2 not taken." in done.stdout


def test_a_mapping_says_what_is_what(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    (tmp_path / "odd.csv").write_text("Who;Land;Zeit\nAnn One;Holland;3810\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text(
        """mark_patterns = ["sscc"]
        [columns]
        athlete = "Who"
        nation = "Land"
        mark = "Zeit"
        [constants]
        competition = "X1"
        start_date = "2020-01-03"
        discipline = "SSK"
        event = "SSKW500M"
        mark_kind = "time"
        """,
        encoding="utf-8",
    )
    done = run("import", "b.medaldesk", "odd.csv", "--map", "map.toml")
    assert "1 rows new" in done.stdout
    assert "38.10" in run("results", "b.medaldesk", "X1/SSKW500M").stdout


def test_what_cannot_be_taken_at_all_is_refused_in_a_sentence(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    (tmp_path / "odd.csv").write_text("Who,Where\nAnn,There\n", encoding="utf-8")
    for arguments, sentence in (
        (["odd.csv"], "No column is known to be the competition"),
        (["odd.csv", "--map", "none"], "The mapping none cannot be read"),
        (["none.csv"], "none.csv cannot be read"),
    ):
        done = run("import", "b.medaldesk", *arguments)
        assert done.returncode == 1
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_medallists_need_medals(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    done = run("import", "b.medaldesk", "in.csv", "--as", "medallists")
    assert done.returncode == 1
    assert "medal" in done.stderr


def test_records_and_nations_go_out_and_come_in(run: Run, sample: Path, tmp_path: Path):
    run("new", "b.medaldesk")
    for kind in ("results", "records", "nations"):
        done = run("export", sample, f"{kind}.csv", "--as", kind)
        assert done.returncode == 0, done.stderr
    for kind in ("nations", "results", "records"):
        done = run("import", "b.medaldesk", f"{kind}.csv", "--as", kind)
        assert done.returncode == 0, done.stderr
        assert ", 0 not taken." in done.stdout
    assert "record lists: 2 new" in done.stdout
    again = run("import", "b.medaldesk", "records.csv", "--as", "records", "--dry-run")
    assert "0 rows new, 0 changed" in again.stdout
    run("export", "b.medaldesk", "again.csv", "--as", "records")
    again_text, text = ((tmp_path / name).read_text() for name in ("again.csv", "records.csv"))
    assert again_text == text
    assert "1:12.31" in text


def test_what_tables_are_is_known_by_their_headings(run: Run, sample: Path, tmp_path: Path):
    run("new", "b.medaldesk")
    for kind in ("nations", "results", "records"):
        assert run("export", sample, f"{kind}.csv", "--as", kind).returncode == 0
        done = run("import", "b.medaldesk", f"{kind}.csv")
        assert ", 0 not taken." in done.stdout, done.stderr
    assert "record lists: 2 new" in done.stdout
    told = run("import", "b.medaldesk", "records.csv", "--as", "results", "--dry-run")
    assert ", 0 not taken." not in told.stdout, "what is said goes before that"


def test_a_ruling_on_what_is_no_result_is_told_in_a_sentence(
    run: Run, own_book: Path, tmp_path: Path
):
    head = "record,event,athlete,mark,date,ruling"
    row = "OR,SSKW1000M,Jutta Leerdam,1:12.30,2026-02-09,annulled"
    (tmp_path / "r.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    done = run("import", own_book, "r.csv", "--as", "records")
    assert done.returncode == 1
    assert "The book has no result of Jutta Leerdam with this mark" in done.stderr


def test_a_report_never_takes_the_place_of_the_book_or_of_a_file(run: Run, tmp_path: Path):
    book = new_book(run, tmp_path)
    (tmp_path / "map.toml").write_text('kind = "results"\n', encoding="utf-8")
    before = book.read_bytes()
    for name in ("b.medaldesk", "in.csv", "map.toml"):
        mapped = ["--map", "map.toml"] if name == "map.toml" else []
        for check in ([], ["--as", "standings-check"]):
            if mapped and check:
                continue
            done = run("import", "b.medaldesk", "in.csv", *check, *mapped, "--report", name)
            assert done.returncode == 1
            assert f"{name} exists already" in done.stderr
    assert book.read_bytes() == before
    assert (tmp_path / "in.csv").read_text(encoding="utf-8") == RESULTS


def test_where_no_report_can_be_written_nothing_is_imported(run: Run, tmp_path: Path):
    new_book(run, tmp_path)
    done = run("import", "b.medaldesk", "in.csv", "--report", "nowhere/left.csv")
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert done.stdout == ""
    assert "1 rows new" in run("import", "b.medaldesk", "in.csv", "--dry-run").stdout
