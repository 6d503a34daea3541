"""What is asked for, by name: indicators with the variants that they declare, and the totals behind them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from analysis.indicators import INDICATORS, Estimand, LabourForcePractice, poverty_lines, weighted_total

PRACTICE = {field.name: field.default for field in fields(LabourForcePractice)}
"""The choices of labour force practice, which apply where status is derived from answers."""


class AskedWrongly(ValueError):
    """Arguments that do not go together, or name what is not there."""


def estimands(
    names: Sequence[str],
    icls: int | None = None,
    variants: Sequence[str] = (),
    *,
    totals: bool = False,
) -> list[Estimand]:
    """Return indicators by id, under the variants asked for.

    Parameters
    ----------
    names : sequence of str
        Ids of indicators.
    icls : {13, 19}, optional
        Which standard derives labour force status from the answers; the recorded ``ilo_lfs`` when absent.
    variants : sequence of str
        Such as ``pensionable_age=60``: applied to every indicator that declares the parameter.
    totals : bool
        Whether to estimate numerators and denominators as well, under ids of their own.

    Raises
    ------
    AskedWrongly
        When an indicator is not known, a variant is declared by none of them, or a value cannot stand; the
        message lists what can.
    """
    unknown = [name for name in names if name not in INDICATORS]
    if unknown or not names:
        named = ", ".join(unknown) or "nothing"
        raise AskedWrongly(f"indicators: found {named}; expected some of {', '.join(sorted(INDICATORS))}")
    options = dict(_asked(variant) for variant in variants)
    if len(options) < len(variants):
        raise AskedWrongly(f"variants: {', '.join(variants)} names a parameter twice")
    declared = {name: _declared(name) for name in names}
    of_practice = (
        PRACTICE if icls and any("practice" in parameters for parameters in declared.values()) else {}
    )
    known = set().union(*declared.values()) - {"practice"} | set(of_practice)
    strange = [name for name in options if name not in known or name == "icls"]
    if strange:
        needs = "; choices of labour force practice need --icls" if set(strange) & set(PRACTICE) else ""
        raise AskedWrongly(
            f"variants: {', '.join(strange)} is declared by none of {', '.join(names)}; they declare "
            f"{', '.join(sorted(known - {'icls'})) or 'none'}{needs}"
        )
    try:
        chosen = [_chosen(name, declared[name], icls, options) for name in names]
    except (ValueError, TypeError) as refused:
        raise AskedWrongly(f"variants: {refused}") from refused
    return [total for estimand in chosen for total in (estimand, *(_totals(estimand) if totals else ()))]


def _asked(variant: str) -> tuple[str, str]:
    name, sign, value = variant.partition("=")
    if not (name.strip() and sign and value.strip()):
        raise AskedWrongly(f"variant {variant!r}; expected a name and a value, such as pensionable_age=60")
    return name.strip(), value.strip()


def _declared(name: str) -> Mapping[str, Any]:
    """Return the parameters of an indicator and their defaults."""
    parameters = inspect.signature(INDICATORS[name].function).parameters.values()
    return {parameter.name: parameter for parameter in parameters}


def _chosen(name: str, declared: Mapping[str, Any], icls: int | None, options: Mapping[str, str]) -> Estimand:
    choices = {
        parameter: _value(parameter, value, declared[parameter].default, str(declared[parameter].annotation))
        for parameter, value in options.items()
        if parameter in declared
    }
    if icls and "practice" in declared:
        of_practice = {n: _value(n, value, PRACTICE[n]) for n, value in options.items() if n in PRACTICE}
        choices["practice"] = LabourForcePractice(icls=icls, **of_practice)
    return INDICATORS[name](**choices)


def _value(name: str, written: str, default: Any, annotation: str = "") -> Any:
    """Return a value as what its parameter's default is: truth, whole number, number or text."""
    if isinstance(default, bool):
        if written.lower() not in ("true", "false"):
            raise ValueError(f"{name}={written}; expected true or false")
        return written.lower() == "true"
    kinds = (int, float) if isinstance(default, (int, float)) or "int" in annotation else ()
    for kind in kinds:
        try:
            return kind(written)
        except ValueError:
            continue
    if kinds:
        raise ValueError(f"{name}={written}; expected a number")
    return written


def _totals(estimand: Estimand) -> list[Estimand]:
    """Return the totals of an estimand's numerator and denominator, of which the first has a value's unit."""
    if estimand.denominator is None:
        return []
    unit = "persons" if estimand.numerator.value is None else estimand.unit
    totals = []
    for part, person_sum in (("numerator", estimand.numerator), ("denominator", estimand.denominator)):
        of = weighted_total(
            person_sum, unit=unit if part == "numerator" else "persons", universe=estimand.universe
        )
        totals.append(
            replace(
                of,
                indicator=f"{estimand.indicator}_{part}",
                choices=estimand.choices,
                derived=estimand.derived,
                answers=estimand.answers,
                variant=estimand.variant,
            )
        )
    return totals


def identities(chosen: Sequence[Estimand]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of an indicator and its two totals, of which any one follows from the others."""
    there = {estimand.indicator for estimand in chosen}
    tied = ((name, f"{name}_numerator", f"{name}_denominator") for name in sorted(there))
    return tuple(names for names in tied if there.issuperset(names))


def line_variants(line: str) -> list[str]:
    """Return the variants that name an international poverty line by its amount, such as ``2.15``.

    Raises
    ------
    AskedWrongly
        When no line of that amount is recorded; the message lists those that are.
    """
    try:
        amount = float(line)
    except ValueError:
        amount = float("nan")
    for poverty_line in poverty_lines():
        if poverty_line.dollars == amount:
            return [f"ppp_base={poverty_line.ppp_base}", f"level={poverty_line.level}"]
    listed = ", ".join(
        f"{poverty_line.dollars:.2f} ({poverty_line.ppp_base} PPP, {poverty_line.level})"
        for poverty_line in poverty_lines()
    )
    raise AskedWrongly(f"poverty line {line!r} is not recorded; expected one of {listed}")
