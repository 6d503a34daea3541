"""The implementation plan of the cooperation strategy: deliverables, timeline, links, and the evidence since.

A deliverable with a numeric target is *delivered* when the mid-term review prints a number, in the unit of
the target, that reaches it; *on track* when statements of the review that speak to it report something done
or under way, but no such number; *outstanding* when they only say what is still to do; and where the review
is silent there is *no evidence*. A deliverable without a number is never judged delivered: what the review
states of it is counted, and shown.
"""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.parts import Chart, Column, Row, Series, Table, in_column
from analysis.periods import in_print
from analysis.quantities import Quantity, Recorded, constant, count_rows, evaluate, is_at_least, value

DELIVERABLES = "plan.deliverables"
PERIODS = "plan.periods"
OUTPUTS = "plan.deliverable_links"
EVIDENCE = "review.evidence"
PROSE = "review.prose"
LINKS = "links.plan_evidence"
DELIVERED, ON_TRACK, OUTSTANDING, NO_EVIDENCE = "delivered", "on_track", "outstanding", "no_evidence"
REPORTED = "reported"
JUDGEMENTS = (DELIVERED, ON_TRACK, REPORTED, OUTSTANDING, NO_EVIDENCE)
UNDER_WAY = ("delivered", "ongoing")
FEW = 3
STATES = (*UNDER_WAY, "pending", "needs_more")


def evidence_of(deliverable: str, recorded: Recorded) -> list[dict[str, str]]:
    """Return the statements of the mid-term review that speak to a deliverable, in order."""
    links, statements = recorded[LINKS], recorded[EVIDENCE]
    ids = [links.records[row]["evidence"] for row in links.select((("deliverable", (deliverable,)),))]
    return [
        statements.records[row] for identifier in ids for row in statements.select((("id", (identifier,)),))
    ]


def target_number(deliverable: str) -> Quantity:
    """The numeric target of a deliverable; missing when the plan sets none."""
    return value(DELIVERABLES, deliverable=deliverable)


def reported_number(deliverable: str, recorded: Recorded) -> Quantity | None:
    """The number that the review prints for a deliverable in the unit of its target; None without one."""
    wanted = evaluate(target_number(deliverable), recorded)
    for statement in evidence_of(deliverable, recorded):
        if statement["prose"]:
            number = value(PROSE, id=statement["prose"])
            if not wanted.missing and evaluate(number, recorded).unit == wanted.unit:
                return number
    return None


def reaches(deliverable: str, recorded: Recorded) -> Quantity | None:
    """Whether the reported number reaches the target; None without a number to compare."""
    number = reported_number(deliverable, recorded)
    return None if number is None else is_at_least(number, target_number(deliverable))


def judgement(deliverable: str, recorded: Recorded) -> str:
    """Return what can be said of a deliverable from the review, by the rules of this module.

    Returns
    -------
    str
        ``delivered``, ``on_track``, ``outstanding`` or ``no_evidence``; for a deliverable without a numeric
        target ``reported`` stands in the place of the first two.
    """
    numeric = not evaluate(target_number(deliverable), recorded).missing
    reached = reaches(deliverable, recorded)
    if reached is not None and evaluate(reached, recorded).value == 1:
        return DELIVERED
    states = {statement["state_printed"] for statement in evidence_of(deliverable, recorded)}
    if states & set(UNDER_WAY):
        return ON_TRACK if numeric else REPORTED
    return OUTSTANDING if states else NO_EVIDENCE


def _entries(recorded: Recorded) -> list[dict[str, str]]:
    return recorded[DELIVERABLES].rows.to_dict("records")


def _years(deliverable: str) -> tuple[Quantity, Quantity]:
    start, end = (value(PERIODS, deliverable=deliverable, measure=end) for end in ("start", "end"))
    return start, end


def _labels(entry: dict[str, str]) -> tuple[str, str]:
    return f"code.{entry['deliverable']}", f"deliverable.{entry['deliverable']}"


def deliverables(scope: Scope) -> Made:
    """Every deliverable with its years and numeric target, and what is due by when.

    Where there are few timelines the chart counts the deliverables of each by pillar; else it draws them all.
    """
    recorded = scope.recorded
    entries = _entries(recorded)
    rows = tuple(
        Row(
            (f"code.{entry['action']}", f"action.{entry['action']}", *_labels(entry)),
            (
                *_years(entry["deliverable"]),
                target_number(entry["deliverable"]) if entry["value"] else None,
                f"unit.{entry['unit']}" if entry["unit"] else None,
            ),
        )
        for entry in entries
    )
    columns = (
        Column("label.start", "", 0),
        Column("label.end", "", 0),
        Column("label.numeric_target", "", 0),
        Column("label.of_what"),
    )
    timelines = dict.fromkeys(entry["period"] for entry in entries)
    if len(timelines) <= FEW:
        pillars = recorded[DELIVERABLES].offered("pillar")
        series = tuple(
            Series(
                f"code.{in_print(timeline)}",
                tuple(count_rows(DELIVERABLES, pillar=pillar, period=timeline) for pillar in pillars),
            )
            for timeline in timelines
        )
        categories = tuple(f"pillar.{pillar}" for pillar in pillars)
        counted = Chart(scope.id, "stacked", categories, series, "unit.deliverable")
        return Table(("", "label.action", "", "label.deliverable"), columns, rows), (counted,)
    spans = tuple(zip(*(_years(entry["deliverable"]) for entry in entries), strict=True))
    chart = Chart(
        scope.id,
        "spans",
        tuple(_labels(entry)[1] for entry in entries),
        tuple(Series(f"label.{end}", years) for end, years in zip(("start", "end"), spans, strict=True)),
        "unit.calendar_year",
    )
    return Table(("", "label.action", "", "label.deliverable"), columns, rows), (chart,)


def linked_outputs(scope: Scope) -> Made:
    """Strategies, and programme and budget outputs by biennium, that each action is linked to."""
    recorded = scope.recorded
    links = recorded[OUTPUTS].rows
    ends = sorted({(link["biennium"], link["kind"], link["code"]) for link in links.to_dict("records")})
    combinations = set(zip(links["action"], links["biennium"], links["kind"], links["code"], strict=True))
    actions = dict.fromkeys(entry["action"] for entry in _entries(recorded))
    table_rows = tuple(
        Row(
            (f"code.{action}", f"action.{action}"),
            tuple(
                count_rows(OUTPUTS, action=action, biennium=period, kind=kind, code=code)
                if (action, period, kind, code) in combinations
                else None
                for period, kind, code in ends
            ),
        )
        for action in actions
    )
    columns = tuple(
        Column(
            f"code.{code}" if code else f"link.{kind}",
            "",
            0,
            group=f"code.{in_print(period)}" if period else f"link.{kind}",
        )
        for period, kind, code in ends
    )
    return Table(("", "label.action"), columns, table_rows), ()


def numeric_targets(scope: Scope) -> Made:
    """Each numeric target beside what the review prints of it, with the judgement."""
    recorded = scope.recorded
    rows = tuple(
        Row(
            _labels(entry),
            (
                target_number(entry["deliverable"]),
                f"unit.{entry['unit']}",
                reported_number(entry["deliverable"], recorded),
                *_stated(entry["deliverable"], recorded),
                f"judgement.{judgement(entry['deliverable'], recorded)}",
            ),
        )
        for entry in _entries(recorded)
        if entry["value"]
    )
    columns = (
        Column("label.numeric_target", "", 0),
        Column("label.of_what"),
        Column("label.reported_number", "", 0),
        *(Column(f"state.{state}", "", 0, group="label.statements") for state in STATES),
        Column("label.judgement"),
    )
    return Table(("", "label.deliverable"), columns, rows), ()


def _stated(deliverable: str, recorded: Recorded) -> tuple[Quantity | None, ...]:
    ids = [statement["id"] for statement in evidence_of(deliverable, recorded)]
    if not ids:
        return (None,) * len(STATES)
    return tuple(count_rows(EVIDENCE, id=ids, state_printed=state) for state in STATES)


def evidence(scope: Scope) -> Made:
    """Every deliverable with each statement of the review that speaks to it, its place, state and number."""
    recorded = scope.recorded
    rows = []
    for entry in _entries(recorded):
        code = entry["deliverable"]
        judged = f"judgement.{judgement(code, recorded)}"
        statements = evidence_of(code, recorded)
        if not statements:
            rows.append(Row((*_labels(entry), ""), (None, None, None, judged)))
        for number, statement in enumerate(statements):
            cells = (
                value(PROSE, id=statement["prose"]) if statement["prose"] else None,
                f"state.{statement['state_printed']}",
                _place(statement["place"]),
                "" if number else judged,
            )
            rows.append(Row((*_labels(entry), f"evidence.{statement['id']}"), cells))
    columns = (
        Column("label.reported_number"),
        Column("label.state"),
        Column("label.paragraph_or_table"),
        Column("label.judgement"),
    )
    return Table(("", "label.deliverable", "label.statement"), columns, tuple(rows)), ()


def _place(place: str) -> str:
    """Return a paragraph's number, or the key of a table, for ``Paragraph 17`` or ``Table 3``."""
    kind, _, number = place.partition(" ")
    return number if kind == "Paragraph" else f"place.{kind.lower()}_{number}"


def judged(recorded: Recorded, *, numeric: bool = False, **where: str) -> dict[str, Quantity]:
    """Return how many deliverables have each judgement.

    Parameters
    ----------
    recorded : Recorded
        Plan, review and links.
    numeric : bool
        Whether only those with a numeric target count.
    **where : str
        Further conditions, such as ``pillar``.
    """
    by_kind: dict[str, list[str]] = {kind: [] for kind in JUDGEMENTS}
    for entry in _entries(recorded):
        if (entry["value"] or not numeric) and all(entry[name] == option for name, option in where.items()):
            by_kind[judgement(entry["deliverable"], recorded)].append(entry["deliverable"])
    none = constant(0, "count")
    return {
        kind: count_rows(DELIVERABLES, deliverable=codes) if codes else none
        for kind, codes in by_kind.items()
    }


def judgements(scope: Scope) -> Made:
    """How many deliverables have each judgement, by pillar."""
    recorded = scope.recorded
    pillars = recorded[DELIVERABLES].offered("pillar")
    rows = [Row((f"pillar.{pillar}",), tuple(judged(recorded, pillar=pillar).values())) for pillar in pillars]
    rows.append(Row(("label.total",), tuple(judged(recorded).values()), total=True))
    columns = tuple(Column(f"judgement.{kind}", "", 0) for kind in JUDGEMENTS)
    series = tuple(
        Series(f"judgement.{kind}", in_column(rows[:-1], place)) for place, kind in enumerate(JUDGEMENTS)
    )
    categories = tuple(f"pillar.{pillar}" for pillar in pillars)
    chart = Chart(scope.id, "stacked", categories, series, "unit.deliverable")
    return Table(("dimension.pillar",), columns, tuple(rows)), (chart,)


KINDS = (
    Kind("deliverables", deliverables, (DELIVERABLES, PERIODS), any_period=True),
    Kind("linked_outputs", linked_outputs, (OUTPUTS, DELIVERABLES), any_period=True, words={"kind": "link"}),
    Kind("numeric_targets", numeric_targets, (DELIVERABLES, EVIDENCE, PROSE), any_period=True),
    Kind("evidence_on_deliverables", evidence, (DELIVERABLES, EVIDENCE, PROSE), any_period=True),
    Kind("judgements_by_pillar", judgements, (DELIVERABLES, EVIDENCE), any_period=True),
)
