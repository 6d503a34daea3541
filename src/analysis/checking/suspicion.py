"""What a number would be a wrong value of, and the signs of it in its own sentence."""

from __future__ import annotations

from dataclasses import replace

from analysis.checking.alarms import far_off, taken_back
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.context import Context
from analysis.checking.doubts import rivalled
from analysis.checking.match import Match, Suspicion
from analysis.checking.running import Running
from analysis.checking.verdicts import DISAGREES, NOT_RECORDED, UNDECIDED, Verdict, error
from analysis.checking.wholly_said import by_what_is_wholly_said

# The highest score, and the leads, between which more of them tell more.
FULL, LEAST_LEAD, MOST_LEAD = 1.0, -0.1, 0.4


def with_suspicion(
    catalogue: CandidateIndex,
    context: Context,
    matches: list[Match],
    verdict: Verdict,
    running: Running,
) -> Verdict:
    """Return a verdict with what the number would be a wrong value of: what it is called so, or the nearest.

    Nothing is added where it agrees, is of another period, or nothing comes near. Where its clause names one
    quantity wholly, no more need be told.
    """
    if verdict.verdict not in (DISAGREES, UNDECIDED, NOT_RECORDED) or not matches:
        return verdict
    if wholly := by_what_is_wholly_said(catalogue, context, matches, running):
        return wholly
    called = verdict.verdict == DISAGREES
    by = (match for match in matches if match.candidate is verdict.candidate)
    match = next(by, matches[0]) if called else matches[0]
    number, held = context.number, match.candidate.base
    if held is None:
        return verdict
    others = (rival.score for rival in matches if rival.candidate.base not in (held, None))
    lead = min(max(match.score - max(others, default=0.0), LEAST_LEAD), MOST_LEAD)
    kind, _ = error(catalogue, number, match.candidate)
    signs = {
        "called_score": min(max(match.score, 0.0), FULL) * called,
        "called_lead": lead * called,
        "called_far": float(called and far_off(number, held)),
        "called_scale": float(called and kind == "unit"),
        "doubted": float(
            rivalled(context, match, matches)
            or bool(taken_back(catalogue, context, match.candidate, running.numbers))
        ),
        "counted": float(bool(context.counted)),
        "beside": match.beside,
        "unit": float(bool(number.unit)),
    }
    return replace(verdict, suspicion=Suspicion(match, signs))
