"""An organisation's own styles: templates for Word and PowerPoint, and the theme that goes with them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.office.house_slides import layout_of, opened, restyled_slides
from analysis.office.restyling import StyleError, Theme, check_template, read_theme, restyled

WORD, SLIDES = ".docx", ".pptx"


@dataclass(frozen=True)
class House:
    """Templates by the suffix of the files that take their styles, and a theme."""

    templates: Mapping[str, Path]
    theme: Theme

    def styled(self, path: Path) -> tuple[bytes, tuple[str, ...]]:
        """Return a file in the styles of its template, and the names of styles that stay.

        Raises
        ------
        StyleError
            When there is no template for it, or a template lacks what the file needs.
        """
        suffix = path.suffix.lower()
        if suffix not in self.templates:
            there = ", ".join(str(template) for template in self.templates.values())
            raise StyleError(f"{path}: takes its styles from a {suffix} template; given: {there}")
        template = self.templates[suffix]
        if suffix == SLIDES:
            return restyled_slides(path, template, self.theme.layouts), ()
        return restyled(path, template, self.theme.styles)

    def of_content(self, name: str, content: bytes) -> bytes:
        """Return a file's content in the styles of its template; as it is, where there is none for it."""
        if Path(name).suffix.lower() not in self.templates:
            return content
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            return self.styled(path)[0]


def read_house(templates: Iterable[str], theme: str | None) -> House:
    """Return templates and theme, read and checked before anything is made.

    Raises
    ------
    StyleError
        When a file is no template that can be read, two are of one kind, or the theme cannot be followed.
    """
    by_suffix: dict[str, Path] = {}
    for path in map(Path, templates):
        suffix = path.suffix.lower()
        if suffix not in (WORD, SLIDES):
            raise StyleError(f"{path}: a template is a {WORD} or a {SLIDES} file; save it as one")
        if suffix in by_suffix:
            raise StyleError(
                f"{path}: {by_suffix[suffix]} is the {suffix} template already; give one of each"
            )
        by_suffix[suffix] = path
    read = read_theme(Path(theme)) if theme else Theme()
    if WORD in by_suffix:
        check_template(by_suffix[WORD], read.styles)
    if SLIDES in by_suffix:
        layout_of(opened(by_suffix[SLIDES]), read.layouts, by_suffix[SLIDES])
    return House(by_suffix, read)
