"""One careful HTTP client: retries with backoff, resumption, size limits, no redirect to another host."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from analysis.files import write_whole

TIMEOUT = (20, 120)
"""Seconds to wait for a connection, and for the next bytes."""

LONGEST_WAIT = 120
"""Seconds that a busy service may ask to wait for, to be waited for."""

LIMIT = 200 * 1024 * 1024
"""Bytes that one answer may have."""

CHUNK = 8 * 1024
"""Bytes that are written at once; as many may be lost where a connection breaks."""
REDIRECTS = 3
BUSY = (429, 500, 502, 503, 504)


class FetchError(RuntimeError):
    """A query that would be misunderstood, or an answer that is not what was asked for."""

    exit_code = 1


class BrokenOff(FetchError):
    """An answer that broke off at every try; the part that came is kept, to be taken up."""


class _Busy(Exception):
    """A service that asks to be asked again, after some seconds where it says so."""

    def __init__(self, reason: str, wait: float | None):
        super().__init__(reason)
        self.wait = wait


class _Broken(Exception):
    """A connection that broke while an answer came."""


@dataclass(frozen=True)
class Answer:
    """What a service answered.

    Attributes
    ----------
    url : str
        The whole query; after redirects on the same host, the last address.
    path : Path
        Where the body stands.
    date : str
        Day of the answer: the service's ``Last-Modified``, else its ``Date``; empty where it gives neither.
    ended : bool
        Whether its end was told (by its length, its last chunk, or the end of its archive), so that none of
        it can have been lost unseen.
    """

    url: str
    path: Path
    date: str
    ended: bool

    def text(self) -> str:
        """Return the body as text.

        Raises
        ------
        FetchError
            When it is not UTF-8.
        """
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            begins = self.path.read_bytes()[:60]
            raise FetchError(f"{self.url}: no UTF-8 text; the answer begins {begins!r}") from error

    def json(self) -> Any:
        """Return the body read as JSON.

        Raises
        ------
        FetchError
            When it is empty or is no JSON.
        """
        text = self.text()
        if not text.strip():
            raise FetchError(f"{self.url}: an empty answer; a code of the query is not known to the service")
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise FetchError(f"{self.url}: no JSON: the answer begins {text[:80]!r}") from error


class Client:
    """A session with one service.

    Parameters
    ----------
    tries : int
        How often a busy service (429, 5xx) or a broken connection is asked again.
    backoff : float, seconds
        Pause before the second try; it doubles from try to try. A service's ``Retry-After`` goes before, up
        to `LONGEST_WAIT`.
    limit : int, bytes
        Size that one answer may have.
    timeout : tuple of float, seconds
        To wait for a connection, and for the next bytes.
    """

    def __init__(
        self,
        *,
        tries: int = 4,
        backoff: float = 1.0,
        limit: int = LIMIT,
        timeout: tuple[float, float] = TIMEOUT,
    ):
        self.tries, self.backoff, self.limit, self.timeout = tries, backoff, limit, timeout
        self.session = requests.Session()
        self.session.headers.update({"User-Agent": "analysis (statistical snapshots)"})

    def get(
        self,
        url: str,
        query: Mapping[str, str | list[str]],
        into: Path,
        *,
        form: Mapping[str, str | list[str]] | None = None,
        packed: bool = False,
    ) -> Answer:
        """Fetch one answer to a file.

        A connection that breaks is taken up where it broke, if the service marks its answers (``ETag``) and
        gives parts of them; else it starts again. A part that an earlier run left is taken up likewise.

        Parameters
        ----------
        url : str
        query : mapping of str to str or list of str
            Parameters of the address; a ``+`` stays one, as services join codes by it.
        into : Path
            Where the body goes; it stands there only when it is whole.
        form : mapping, optional
            Sent in a POST instead, by services that want it.
        packed : bool
            Whether a compressed answer is asked for: its archive tells where it ends.

        Returns
        -------
        Answer

        Raises
        ------
        FetchError
            When the service is not reached, stays busy or silent, asks for a long wait, answers with an
            error, redirects to another host, sends more than the limit, or (`BrokenOff`) breaks off at every
            try.
        """
        part, marks = into.with_name(f".{into.name}.part"), into.with_name(f".{into.name}.etag")
        last: Exception | None = None
        for number in range(self.tries + 1):
            if last is not None:
                wait = last.wait if isinstance(last, _Busy) else None
                time.sleep(self.backoff * 2 ** (number - 1) if wait is None else wait)
            try:
                answer = self._once(url, query, form, part, marks, packed)
            except (
                _Busy,
                _Broken,
                requests.exceptions.ConnectionError,
                requests.exceptions.Timeout,
            ) as error:
                last = error
                continue
            except requests.exceptions.RequestException as error:
                raise FetchError(f"{url}: cannot be asked: {error}") from error
            part.replace(into)
            marks.unlink(missing_ok=True)
            date = answer.headers.get("Last-Modified") or answer.headers.get("Date") or ""
            return Answer(answer.url, into, _day(date), _ended(answer))
        raise self._given_up(url, last)

    def _given_up(self, url: str, last: Exception | None) -> FetchError:
        tried = f"at each of {self.tries + 1} tries"
        if isinstance(last, _Busy):
            return FetchError(f"{url}: the service answered {last} {tried}; run again later")
        if isinstance(last, _Broken):
            return BrokenOff(
                f"{url}: the answer broke off {tried}; the part that came is kept, run again to go on: {last}"
            )
        if isinstance(last, requests.exceptions.ReadTimeout):
            return FetchError(
                f"{url}: no answer within {self.timeout[1]:g} seconds {tried}; name fewer areas or years, or "
                "run again later"
            )
        reason = str(last).rpartition(": ")[2].rstrip("\"')").replace("(", "")
        return FetchError(f"{url}: the service was not reached {tried}: {reason}; nothing was fetched")

    def _once(self, url, query, form, part: Path, marks: Path, packed: bool) -> requests.Response:
        offset = part.stat().st_size if part.exists() and marks.exists() and form is None else 0
        headers = {"Accept-Encoding": "gzip" if packed else "identity"}
        if offset:
            headers |= {"Range": f"bytes={offset}-", "If-Range": marks.read_text(encoding="utf-8")}
        answer = self._answer(url, query, form, headers)
        with contextlib.closing(answer):
            resumed = offset and answer.status_code == 206
            if answer.status_code == 206 and not _goes_on(answer, offset):
                part.unlink(missing_ok=True)
                raise _Broken(f"a part came that was not asked for ({answer.headers.get('Content-Range')})")
            if answer.status_code == 416 and offset:
                part.unlink()
                raise _Broken("the part that is held is not of this answer")
            if answer.status_code in BUSY:
                raise _Busy(f"{answer.status_code} {answer.reason}", self._wait(answer))
            if answer.status_code not in (200, 206):
                raise FetchError(f"{answer.url}: the service answered {answer.status_code} {answer.reason}")
            size = (offset if resumed else 0) + int(answer.headers.get("Content-Length") or 0)
            self.refuse_size(answer.url, size)
            mark = answer.headers.get("ETag", "")
            if mark and not mark.startswith("W/"):
                write_whole(marks, mark.encode("utf-8"))
            else:
                marks.unlink(missing_ok=True)
            with part.open("ab" if resumed else "wb") as body:
                try:
                    for chunk in answer.raw.stream(CHUNK, decode_content=False):
                        body.write(chunk)
                        self.refuse_size(answer.url, body.tell())
                except (requests.exceptions.RequestException, HTTPError, OSError) as error:
                    raise _Broken(str(error)) from error
            whole = answer.headers.get("Content-Range", "").rpartition("/")[2]
            if resumed and whole.isdigit() and part.stat().st_size != int(whole):
                raise _Broken(f"{part.stat().st_size} bytes of {whole} came")
            self._unpack(answer, part)
        return answer

    def _unpack(self, answer: requests.Response, part: Path) -> None:
        """Unpack an answer that was compressed unasked; one that is cut short in its archive is broken."""
        packed = answer.headers.get("Content-Encoding", "identity").lower()
        if packed in ("identity", ""):
            return
        if packed not in ("gzip", "x-gzip"):
            raise FetchError(f"{answer.url}: the answer is packed as {packed!r}, which was not asked for")
        unpacked = part.with_name(f"{part.name}.unpacked")
        try:
            with gzip.open(part, "rb") as source, unpacked.open("wb") as body:
                while chunk := source.read(CHUNK):
                    body.write(chunk)
                    self.refuse_size(answer.url, body.tell())
        except (OSError, EOFError, zlib.error) as error:
            part.unlink()
            raise _Broken(f"the compressed answer is damaged or cut off: {error}") from error
        finally:
            if unpacked.exists() and part.exists():
                unpacked.replace(part)
            unpacked.unlink(missing_ok=True)

    def _wait(self, answer: requests.Response) -> float | None:
        """Return the seconds that a busy service asks to wait; None where it does not say."""
        header = answer.headers.get("Retry-After", "").strip()
        if header.isdigit():
            wait = float(header)
        else:
            try:
                wait = max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
            except (TypeError, ValueError):
                return None
        if wait > LONGEST_WAIT:
            raise FetchError(
                f"{answer.url}: the service answered {answer.status_code} {answer.reason} and asks to wait "
                f"{wait:.0f} seconds; run again then"
            )
        return wait

    def _answer(self, url, query, form, headers) -> requests.Response:
        host = urlsplit(url).netloc
        parameters: str | None = urlencode(query, doseq=True, safe="+:.;")
        for _ in range(REDIRECTS + 1):
            if form is None:
                answer = self.session.get(
                    url, params=parameters, headers=headers, stream=True, allow_redirects=False,
                    timeout=self.timeout,
                )  # fmt: skip
            else:
                answer = self.session.post(
                    url, data=form, headers=headers, stream=True, allow_redirects=False, timeout=self.timeout
                )
            if not answer.is_redirect:
                return answer
            there = urljoin(answer.url, answer.headers["Location"])
            answer.close()
            if urlsplit(there).netloc != host or urlsplit(there).scheme != urlsplit(url).scheme:
                raise FetchError(
                    f"{answer.url}: redirects to {there}, another host or scheme; nothing was fetched"
                )
            url, parameters = there, None
        raise FetchError(f"{url}: more than {REDIRECTS} redirects")

    def refuse_size(self, url: str, size: int) -> None:
        """Refuse an answer of more bytes than the limit."""
        if size > self.limit:
            raise FetchError(
                f"{url}: more than {self.limit // 1024 // 1024} MB; name areas and years, or raise the limit"
            )


def _goes_on(answer: requests.Response, offset: int) -> bool:
    """Whether a part of an answer begins where the one that is held ends."""
    return offset > 0 and answer.headers.get("Content-Range", "").startswith(f"bytes {offset}-")


def _ended(answer: requests.Response) -> bool:
    """Whether something tells where an answer ends, other than the connection's end."""
    headers = answer.headers
    chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    return "Content-Length" in headers or chunked or headers.get("Content-Encoding", "identity") != "identity"


def _day(header: str) -> str:
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (TypeError, ValueError):
        return ""
