"""Which of the front door's errors tells which error of the rooms behind it."""

from __future__ import annotations

from analysis.audit.claims import ClaimError
from analysis.audit.explain import UnknownNumber
from analysis.audit.reviews import ReviewError
from analysis.errors import AnalysisError, BadData, Misuse, NotFound
from analysis.exhibits.catalogue import UnknownExhibit
from analysis.exhibits.layout import LayoutError
from analysis.files import Unreadable
from analysis.framework import FrameworkError
from analysis.labels import LabelError
from analysis.quantities import SelectionError, UnitError
from analysis.quantities.notation import NotationError
from analysis.sources.corrections import CorrectionError
from analysis.sources.register import RegisterError
from analysis.sources.vintages.codes import VintageError

OPENING: dict[type[Exception], type[AnalysisError]] = {
    LabelError: NotFound,
    RegisterError: BadData,
    CorrectionError: BadData,
    ValueError: Misuse,
}
ASKING: dict[type[Exception], type[AnalysisError]] = {
    UnknownExhibit: NotFound,
    UnknownNumber: NotFound,
    LabelError: NotFound,
    SelectionError: NotFound,
    NotationError: Misuse,
    UnitError: Misuse,
    ClaimError: BadData,
    ReviewError: BadData,
    Unreadable: BadData,
    FrameworkError: BadData,
    LayoutError: BadData,
    VintageError: BadData,
    OSError: BadData,
}
