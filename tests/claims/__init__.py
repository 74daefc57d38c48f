"""Every sentence that is printed is a claim about the whole answer, and is tested as one.

A random case is written as a workbook (``cases``), a command is run on it, and all that it prints and
writes is collected sentence by sentence (``told``). Every sentence must match exactly one pattern of
the files named for answers (``plan``, ``presented``, ``frontier``, ``own``, ...), tables one of ``tables``. The function under the pattern
works the claim out again, from the case and the plan alone (``world``), and raises where it is false.
Nothing here may import ``choosebattles.report``: a sentence is not its own witness.

A new message fails the test until it has its claim::

    @says("Least is left in {year}: {left} of {available} {unit}.")
    def least_left(world: World, year: Year, left: Number, available: Number, unit: Unit) -> None:
        years = {t: sum(fund[t] for fund in world.recount.left.values()) for t in world.years}
        assert years[year] == min(years.values())
        assert left.shows(years[year])

The pattern is the sentence as it is read. What stands in braces is a parameter, and its type says
what may stand there (``sentences`` lists the types); ``<a|b>`` is one of several wordings, ``[...]``
may be missing, its parameters are then None. A paragraph of several sentences is matched sentence by
sentence. What says nothing about the answer goes to ``silent``, whole, with its reason.

Claim what a reader understands, not what the code does: of "the largest" that none is larger in
the whole plan, of "all" that there is no other, of a number that it is right to the decimals shown,
of "proved" that brute force finds nothing better (``World.survey`` holds every allowed plan).

``make check`` tries two cases of each kind, ``make claims`` nineteen, 304 in all; of a case that fails,
``CLAIMS=19 pytest tests/claims -k "ties and 7"`` tries it alone. The workbook of each is written to the
folder that pytest names, with all that was made of it.
"""
