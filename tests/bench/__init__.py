"""How fast MedalDesk is, and how much memory it takes: `python3 dev.py bench`.

    python -m tests.bench [--only a,b,c,d,e,f] [--sizes 1000,100000] [--keep DIR] [--json OUT]

Made-up books of 1,000, 100,000 and 1,000,000 results (`books`) are made when they are first
needed, the largest in a minute or two, and kept in DIR for the next run: the folder
`medaldesk-bench` among the system's temporary files unless it is named. Every figure is taken on
a copy, in a process of its own, on Qt's offscreen platform unless QT_QPA_PLATFORM names another.

a   Enter a mark. From the Return key that commits it until nothing is left to paint: the sheet,
    the records above it, what changed, the medal table. `edit` is the same without the window,
    `raw` one UPDATE of one row, committed, on the same file. `growth` is the median of a book
    over that of the smallest, whose one competition has 30 events where the others have 300.
    Every mark moves nearly all ranks, medals of several nations and two records.
b   Start. From before the process is made until the window has painted its table for the first
    time, against a bare PySide6 window with a table, in turns; all compiled beforehand.
c   Full derivation of a book, against reading all its results and inserting as many rows.
d   Peak memory of the window after 50 marks, against the bare window.
e   The medal table as of 200 random dates, what is different between two dates, the audit, and a
    decision with its undo, in a made-up book of all Games (`games`): 15,000 events, 48,000
    awards, 1,300 decisions. A table against one raw statement that counts the medals of the day
    by nation and colour, in turns; a difference against two; the audit against one that counts
    by event; a decision against `raw`. One that moved a rank or a medal elsewhere ends the run.
f   Import of 271,116 rows of others, where their file lies beside the checkout, with undo and
    redo, against reading it and inserting the same facts in one transaction; and how late the
    event loop of the window comes round while a worker does it, looked at every 10 ms.

How to read it: milliseconds and seconds depend on the machine and on what else it does; the
ratios, each of two things measured side by side, much less. p50 is the median, p99 what one in a
hundred takes longer than. No figure passes or fails.
"""
