"""HTML that is gone through token by token is what Beautiful Soup writes; what is not plain is left to it."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from analysis.site.read_again import read_again, read_plainly

TEXTS = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\t", "\u00a0", "−1", "&amp;", "&lt;", "&nbsp;", "&#x27;", "&quot;", ">", '"']
    )
).map("".join)
VALUES = st.lists(st.sampled_from(["a", " ", "  ", "&quot;", "'", "&amp;", "&#x27;", "&lt;", "é"])).map(
    "".join
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "headers", "alt", "tabindex", "aria-label"]), VALUES, max_size=3
).map(lambda given: "".join(f' {name}="{value}"' for name, value in given.items()))


def _element(inside):
    name = st.sampled_from(["p", "td", "pre", "div", "h3", "table"])
    return st.tuples(name, ATTRIBUTES, inside).map(lambda made: f"<{made[0]}{made[1]}>{made[2]}</{made[0]}>")


HTML = st.recursive(
    st.one_of(
        TEXTS, ATTRIBUTES.map(lambda given: f"<img{given}>"), st.just("<br>"), st.just("<p hidden>1</p>")
    ),
    lambda inside: _element(st.lists(inside, max_size=4).map("".join)),
    max_leaves=12,
)


def _as_soup(html: str) -> str:
    return str(BeautifulSoup(html, features="html.parser"))


@given(HTML)
def test_plain_html_is_written_as_beautiful_soup_writes_it(html):
    assert read_plainly(html) in (None, _as_soup(html))
    assert read_again(html) == _as_soup(html)


@pytest.mark.parametrize(
    "html",
    [
        '<div>\n<style scoped>\n    .a th {\n  top: 0;\n}\n</style>\n<table class="a">\n</table></div>',
        '<section lang="en" id="a"><h3>A &amp; B</h3>\n\n<img alt="&quot;c&quot; d" src="data:,"></section>',
        "<pre>\n\n  kept \n\n</pre>\n\n<p> \n </p>",
        '<div class=" a\n b " dropzone=""><p class="">1</p></div>',
    ],
)
def test_what_notebooks_show_is_gone_through(html):
    assert read_plainly(html) == _as_soup(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>one",
        "<p>one</b></p>",
        "</p>",
        "<!-- said --><p>1</p>",
        "<P>1</P>",
        "<p id=a>1</p>",
        "<p id='a'>1</p>",
        '<p id="a" id="b">1</p>',
        '<p class=" ">1</p>',
        '<td headers=" a ">1</td>',
        "<p>&eacute; &copy</p>",
        "<p>1 < 2</p>",
        "<script>if (1 < 2) {}</script>",
        "<script> </script>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "<img></img>",
        "<p",
    ],
)
def test_what_is_not_plain_is_left_to_beautiful_soup(html):
    assert read_plainly(html) is None
    assert read_again(html) == _as_soup(html)
