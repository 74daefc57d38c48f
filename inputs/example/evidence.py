"""What every number rests on: a label in the note, a letter, and a row of the Sources sheet."""

from choosebattles.case.case import Case
from choosebattles.case.evidence import Source
from example.tables import Line, Sources, items

ILLUSTRATIVE = "OURS"
"""The source of rows behind which no published figure stands."""

_OWN = ("OURS", "OURS-EFFECTS", "OURS-WEIGHTS", "OURS-RISKS")


def note(line: Line) -> str:
    """Return the note of an option, which begins with its label."""
    label = (
        "size anchored in a published figure; split illustrative"
        if line["source"]
        else "illustrative"
    )
    doubt = {
        "uncertain": "Whether the state may take part is uncertain.",
        "no": "The state may not take part today.",
    }.get(line["eligible"], "")
    return " ".join(each for each in (f"[{label}]", doubt, line["note"]) if each)


def grade(line: Line) -> str:
    """Return C where a published figure fixes the size, D where all of it is illustration."""
    return "C" if line["source"] else "D"


def about(case: Case) -> str:
    """Return what stands on top of the workbook: that it is an example, and how much is published."""
    graded = [option.evidence for option in case.options.values()]
    return (
        f"An example to learn from. It is no plan of {case.country}, nobody there was asked, and it "
        f"is no advice. Published figures fix the size of {graded.count('C')} of {len(graded)} "
        "options; every other number is our own illustration. The Note of each option says which of "
        "the two it is, and Sources gives addresses and years. Type your own figures over these."
    )


def sources(tables: Sources) -> tuple[Source, ...]:
    """Return our own illustrations, and the published figures that the country's rows name.

    Figures that say how large the country is stand there too, though no row rests on them.
    """
    lines = (*tables.options, *tables.own("nodes"), *tables.own("shocks"))
    named = {source for line in lines for source in items(line["source"])}
    named |= set(items(tables.country["context"]))
    return tuple(
        Source(
            id=each["source"],
            text=each["text"],
            link=each["link"],
            year=each["year"],
            grade=each["grade"],
        )
        for each in (*tables.own("notes"), *tables.shared("figures"))
        if each in tables.own("notes") or each["source"] in named or each["source"] in _OWN
    )
