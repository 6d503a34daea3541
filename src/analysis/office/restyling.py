"""A Word file in an organisation's own styles: those of a template, found by name or by a theme file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from analysis.files import Unreadable, read_toml
from analysis.printed.archives import still
from analysis.reading.archives import check_archive, member
from analysis.reading.blocks import DocumentError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES, TEXT, CHARTS = "word/styles.xml", "word/document.xml", "word/charts/chart"
# Parts that go with styles: fonts and colours, and the numbers of numbered headings.
BESIDE = ("word/theme/theme1.xml", "word/numbering.xml")
# Word's own styles of lists, which a template seldom holds: kept as they are where it has none.
LISTS = ("toc ", "table of figures")
USING = tuple(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
BODY = "normal"


class StyleError(ValueError):
    """A template that lacks a style, a theme that cannot be followed, or a file that is no Word file."""


@dataclass(frozen=True)
class Theme:
    """Which style, or layout of slides, of a template stands for which of ours."""

    styles: Mapping[str, str] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)


def read_theme(path: Path) -> Theme:
    """Return the tables ``styles`` (Word) and ``layouts`` (PowerPoint) of a TOML file.

    Raises
    ------
    StyleError
        When the file is no TOML, or holds anything but these tables of texts.
    """
    try:
        tables = read_toml(path)
    except (OSError, Unreadable) as error:
        raise StyleError(f"{path}: cannot be read as a theme: {error}") from None
    if not tables or not set(tables) <= {"styles", "layouts"} or not all(map(_is_table, tables.values())):
        there = ", ".join(tables) or "nothing"
        raise StyleError(
            f"{path}: holds {there}; expected the tables [styles] and [layouts], as in "
            '"Heading 1" = "House 1"'
        )
    wrong = [name for table in tables.values() for name, meant in table.items() if not isinstance(meant, str)]
    if wrong:
        raise StyleError(f"{path}: {', '.join(wrong)}: expected the name of a style as text")
    return Theme(**tables)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def check_template(template: Path, theme: Mapping[str, str]) -> None:
    """Raise when a file is no Word file whose styles can be used, or lacks one that a theme names.

    Raises
    ------
    StyleError
        In one sentence.
    """
    styles = _tree(template, _parts(template), STYLES)
    if _default(styles) is None:
        raise StyleError(f"{template}: names no style as that of its paragraphs; open and save it in Word")
    named = {_name(style) for style in _styles(styles)}
    lacking = [meant for meant in theme.values() if meant.casefold() not in named]
    if lacking:
        paragraphs = (style for style in _styles(styles) if style.get(f"{W}type") == "paragraph")
        there = ", ".join(sorted(map(_shown, paragraphs)))
        names = ", ".join(map(repr, lacking))
        raise StyleError(f"{template.name} has no style {names}; its paragraph styles are {there}")


def restyled(document: Path, template: Path, theme: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    """Return a Word file with the styles, fonts, colours and margins of a template, its content untouched.

    Each style that the file uses gives way to the template's of the same name, or of the name that the theme
    gives. Word's styles of contents and lists stay where the template has none. Charts take the fonts of its
    theme. The template's text, headers and footers are not taken over; letters whose size is set in tables
    and notes keep it, and so do the colours of charts.

    Parameters
    ----------
    document, template : Path
        Word files.
    theme : mapping
        Names of the template's styles by ours; empty where they are named alike.

    Returns
    -------
    bytes
        Equal files make equal bytes.
    tuple of str
        The styles that stay because the template has none.

    Raises
    ------
    StyleError
        When the template lacks a style that the file uses; the message lists those that it has.
    """
    parts, house = _parts(document), _parts(template)
    ours, theirs = _tree(document, parts, STYLES), _tree(template, house, STYLES)
    trees = {name: _tree(document, parts, name) for name in parts if _holds_text(name)}
    for path, styles in ((document, ours), (template, theirs)):
        if _default(styles) is None:
            raise StyleError(f"{path}: names no style as that of its paragraphs; open and save it in Word")
    used = _used(trees, ours)
    meant = _meant(used, theme, ours, document.name)
    named = {_name(style): style for style in _styles(theirs)}
    stay = {
        name: style for name, style in used.items() if name.startswith(LISTS) and meant[name] not in named
    }
    lacking = [name for name in used if name not in stay and meant[name] not in named]
    if lacking:
        kind = used[lacking[0]].get(f"{W}type")
        there = ", ".join(sorted(_shown(style) for style in _styles(theirs) if style.get(f"{W}type") == kind))
        names = ", ".join(repr(meant[name]) for name in lacking)
        example = f'[styles] "{_shown(used[lacking[0]])}" = "…"'
        raise StyleError(
            f"{template.name} has no style {names}; its {kind} styles are {there}. "
            f"Name one of them in a theme: {example}"
        )
    new = {_id(style): _id(named[meant[name]]) for name, style in used.items() if name not in stay}
    for tree in trees.values():
        _rename(tree, new, new[_id(used[BODY])], _id(_default(theirs)))
    _speak(ours, named[meant[BODY]])
    for style in stay.values():
        kept = deepcopy(style)
        for link in kept.findall(f"{W}basedOn"):
            link.set(f"{W}val", new[_id(used[BODY])])
        theirs.append(kept)
    _margins(trees[TEXT], _tree(template, house, TEXT))
    parts |= {name: house[name] for name in BESIDE if name in house and name in parts}
    charts = {name: _tree(document, parts, name) for name in parts if name.startswith(CHARTS)}
    for chart in charts.values():
        theme_fonts(chart)
    parts |= {name: _bytes(tree) for name, tree in {**trees, **charts, STYLES: theirs}.items()}
    return _packed(parts), tuple(_shown(style) for style in stay.values())


def theme_fonts(chart) -> None:
    """Let a chart's letters be those of the theme of the file that it stands in."""
    for name, font in (("latin", "+mn-lt"), ("ea", "+mn-ea")):
        for letters in chart.iter(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"):
            letters.set("typeface", font)


def _parts(path: Path) -> dict[str, bytes]:
    try:
        check_archive(path, TEXT)
        with zipfile.ZipFile(path) as archive:
            parts = {name: member(archive, name) for name in archive.namelist()}
    except FileNotFoundError:
        raise StyleError(f"{path}: no such file") from None
    except (OSError, DocumentError) as error:
        raise StyleError(f"{path}: is no Word file (.docx) that can be read: {error}") from None
    if STYLES not in parts:
        raise StyleError(f"{path}: is no Word file (.docx): it holds no {TEXT} with {STYLES}")
    return parts


def _tree(path: Path, parts: Mapping[str, bytes], name: str):
    from lxml import etree

    from analysis.reading.word import parsed

    try:
        return parsed(parts[name])
    except etree.XMLSyntaxError as error:
        raise StyleError(f"{path}: {name} is damaged: {error}; open and save it in Word") from None


def _packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return still(file.getvalue())


def _bytes(tree) -> bytes:
    from lxml import etree

    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _holds_text(name: str) -> bool:
    part = name.removeprefix("word/")
    texts = ("document", "header", "footer", "footnotes", "endnotes", "comments")
    return name.startswith("word/") and "/" not in part and part.endswith(".xml") and part.startswith(texts)


def _styles(tree) -> Iterator:
    """Yield the styles that can be meant: those with an id and a name."""
    for style in tree.findall(f"{W}style"):
        name = style.find(f"{W}name")
        if _id(style) and name is not None and name.get(f"{W}val"):
            yield style


def _id(style) -> str:
    return style.get(f"{W}styleId")


def _shown(style) -> str:
    return style.find(f"{W}name").get(f"{W}val")


def _name(style) -> str:
    """Return a style's name as Word compares it: it writes its own in small letters."""
    return _shown(style).casefold()


def _default(styles):
    """Return the style of paragraphs that name none; None where no style is marked as that."""
    marked = (
        style
        for style in _styles(styles)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
    )
    return next(marked, None)


def _used(trees: Mapping, styles) -> dict:
    """Return the styles that are used by name, and that of paragraphs which name none."""
    by_id = {_id(style): style for style in _styles(styles)}
    ids = [element.get(f"{W}val") for tree in trees.values() for element in tree.iter(*USING)]
    in_use = [_default(styles), *(by_id[style] for style in dict.fromkeys(ids) if style in by_id)]
    return {BODY if style is in_use[0] else _name(style): style for style in in_use}


def _meant(used: Mapping, theme: Mapping[str, str], styles, document: str) -> dict[str, str]:
    """Return the name of the template's style for each that is used; a theme may name others of ours, too."""
    meanings = {name.casefold(): meant.casefold() for name, meant in theme.items()}
    known = {BODY, *map(_name, _styles(styles))}
    strange = [name for name in theme if name.casefold() not in known]
    if strange:
        listed = ", ".join(_shown(style) for style in used.values())
        raise StyleError(f"{', '.join(strange)} of the theme is no style of {document}, which uses {listed}")
    return {name: meanings.get(name, name) for name in used}


def _rename(tree, new: Mapping[str, str], body: str, default: str) -> None:
    """Let a text use the template's styles; paragraphs that name none get the body's where it is another."""
    for element in tree.iter(*USING):
        if element.get(f"{W}val") in new:
            element.set(f"{W}val", new[element.get(f"{W}val")])
    for paragraph in tree.iter(f"{W}p") if body != default else ():
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = paragraph.makeelement(f"{W}pPr")
            paragraph.insert(0, properties)
        if properties.find(f"{W}pStyle") is None:
            properties.insert(0, properties.makeelement(f"{W}pStyle", {f"{W}val": body}))


def _speak(ours, body) -> None:
    """Let the template's style of the body speak the language of the file."""
    spoken = _default(ours).find(f"{W}rPr/{W}lang")
    if spoken is None:
        return
    properties = body.find(f"{W}rPr")
    if properties is None:
        properties = body.makeelement(f"{W}rPr")
        body.append(properties)
    for old in properties.findall(f"{W}lang"):
        properties.remove(old)
    properties.append(deepcopy(spoken))


def _margins(text, house) -> None:
    """Give every page the template's margins, and tables that would stick out widths that fit between them.

    Turned pages stay turned.
    """
    wanted = house.find(f".//{W}sectPr/{W}pgMar")
    if wanted is None:
        return
    fits = 1.0
    for section in text.iter(f"{W}sectPr"):
        margins = section.find(f"{W}pgMar")
        if margins is not None:
            before = _between(section)
            for side in ("top", "right", "bottom", "left"):
                if _length(wanted, side) is not None:
                    margins.set(f"{W}{side}", wanted.get(f"{W}{side}"))
            after = _between(section)
            fits = min(fits, after / before) if before > 0 and after > 0 else fits
    for column in text.iter(f"{W}gridCol", f"{W}tcW") if fits < 1 else ():
        width = _length(column, "w")
        if column.get(f"{W}type", "dxa") == "dxa" and width is not None:
            column.set(f"{W}w", str(int(width * fits)))


def _between(section) -> int:
    """Return the width between the margins of a section's pages, in twentieths of a point; 0 if not said."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    lengths = [_length(size, "w"), _length(margins, "left"), _length(margins, "right")]
    if any(length is None for length in lengths):
        return 0
    return lengths[0] - lengths[1] - lengths[2]


def _length(element, name: str) -> int | None:
    """Return a length in twentieths of a point; None where it is not said, or in another unit."""
    text = "" if element is None else element.get(f"{W}{name}", "")
    return int(text) if re.fullmatch("-?[0-9]{1,6}", text) else None
