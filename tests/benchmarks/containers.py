"""Dumps of every form, put together of pages, then broken as disks, networks and bad programs break them."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import random
import re
import tarfile
import zipfile
from collections.abc import Callable

import brotli
import zstandard

from .mutations import Mutation, cut, flip, repeat, swap, truncate

Pages = list[bytes]
Form = Callable[[Pages, random.Random], bytes]
_NAMES = (
    "www.paper.example/news/1.html", "a.html", "x.html.gz", "صفحة.html", "a/../../b.html", "/etc/passwd.html",
    "C:\\x.html", "page_files/a.css", "page.html", "page_files/p.png", "n.php@id=7", "hts-cache/1.html", "in.zip",
    "in.warc.gz", "in.mht", "2015-02-31/x.html", "\x00.html", "x" * 300 + ".html", "", "dir/", "a.xhtml", "in.tar.gz",
    "in.wacz", "www.paper.example/a%ff%.html", "picture.svg",
)  # fmt: skip
_BOMB = gzip.compress(b"<html>" + b" " * 2**20, 1) * 80
"""Eighty megabytes in a few kilobytes."""
_WRONG = (b"0", b"1", b"-1", b"7", b"99999999", b"9" * 30, b"0x10", b"+5", b"", b" 3", "٣".encode())


def _name(rng: random.Random) -> str:
    return rng.choice(_NAMES) if rng.random() < 0.7 else f"www.paper.example/news/{rng.randrange(99)}.html"


def _content(pages: Pages, rng: random.Random, depth: int = 1) -> tuple[str, bytes]:
    """A member: a page, a picture, nonsense, a container of its own, or a bomb."""
    if depth and rng.random() < 0.15:
        ending = rng.choice(tuple(FORMS))
        return f"in{ending}", FORMS[ending](pages, rng)
    if rng.random() < 0.02:
        return "x.html.gz", _BOMB
    page = rng.choice(pages)
    return _name(rng), gzip.compress(page, 1) if rng.random() < 0.1 else page


class _Pipe:
    """What cannot go back: zipfile writes sizes and checksums behind the members."""

    def __init__(self, target: io.BytesIO) -> None:
        self.write, self.flush = target.write, target.flush


def a_zip(pages: Pages, rng: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(_Pipe(packed) if rng.random() < 0.4 else packed, "w") as archive:  # type: ignore[arg-type]
        for _ in range(rng.randrange(1, 7)):
            name, content = _content(pages, rng)
            info = zipfile.ZipInfo(name or "x", (2020, 1, 21, 11, 30, 0))
            archive.writestr(info, content, rng.choice((0, 8, 8, 8, 12, 14)))
        if rng.random() < 0.03:
            packed_page = zipfile.ZipInfo("bomb.html")
            packed_page.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(packed_page, "w") as stream:
                for _ in range(80):
                    stream.write(b"<html>" + b" " * 2**20)
    return packed.getvalue()


def a_tar(pages: Pages, rng: random.Random) -> bytes:
    packed = io.BytesIO()
    form = rng.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT))
    with tarfile.open(fileobj=packed, mode="w", format=form, errors="surrogateescape") as archive:
        for _ in range(rng.randrange(1, 7)):
            name, content = _content(pages, rng)
            info = tarfile.TarInfo(name[:90].replace("\x00", "") if form == tarfile.USTAR_FORMAT else name)
            info.size, info.mtime = len(content), rng.choice((0, 1_600_000_000, 2**33 - 1))
            info.type = rng.choice((*[tarfile.REGTYPE] * 6, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE))
            info.linkname = "/etc/passwd" if info.type == tarfile.SYMTYPE else ""
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes, "gzip": lambda content: gzip.compress(content, 1),
    "br": lambda content: brotli.compress(content, quality=1), "zstd": zstandard.compress,
    "deflate": lambda content: gzip.compress(content, 1), "x-none": bytes,
}  # fmt: skip


def _record(pages: Pages, rng: random.Random) -> bytes:
    kind = rng.choice(("response", "response", "response", "resource", "revisit", "warcinfo", "request", "metadata"))
    coding = rng.choice((*[""] * 5, *_CODINGS))
    body = _BOMB if coding == "gzip" and rng.random() < 0.1 else _CODINGS[coding](rng.choice(pages))
    http = [rng.choice(("HTTP/1.1 200 OK", "HTTP/1.0 404 Not Found", "HTTP/1.1 302 Found", "HTTP/2 ٢٠٠", "nonsense"))]
    http.append(
        f"Content-Type: {rng.choice(('text/html', 'text/html; charset=windows-1256', 'text/css', 'image/png', ''))}"
    )
    http += [f"Content-Encoding: {coding}"] if coding else []
    if rng.random() < 0.2:
        http.append("Transfer-Encoding: chunked")
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if rng.random() < 0.7 else body
    block = "\r\n".join(http).encode() + b"\r\n\r\n" + body if kind != "resource" else body
    target = rng.choice(
        ("https://www.paper.example/news/7.html", "http://x/%ff", "http://[", "dns:x", "<http://a/>", "http://أ.ب/ج د")
    )
    moment = rng.choice(("2020-01-21T11:30:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday"))
    digest = hashlib.sha1(block if rng.random() < 0.8 else body).hexdigest()
    named = rng.choice(("", f"WARC-Block-Digest: {rng.choice(('sha1:', 'SHA-1:', 'md5:', ''))}{digest}\r\n"))
    head = (
        f"WARC/1.{rng.randrange(2)}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: {moment}\r\n"
        f"WARC-Record-ID: <urn:uuid:{rng.randrange(9)}>\r\nWARC-Payload-Digest: sha1:{rng.randrange(3)}\r\n{named}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _records(pages: Pages, rng: random.Random) -> list[bytes]:
    records = [_record(pages, rng) for _ in range(rng.randrange(1, 7))]
    return [_broken(one, rng, 1) if rng.random() < 0.1 else one for one in records]


def a_warc(pages: Pages, rng: random.Random) -> bytes:
    return b"".join(_records(pages, rng))


def a_warc_gz(pages: Pages, rng: random.Random) -> bytes:
    return b"".join(gzip.compress(one, 1) for one in _records(pages, rng))


def a_warc_zst(pages: Pages, rng: random.Random) -> bytes:
    return b"".join(map(zstandard.compress, _records(pages, rng)))


def an_mhtml(pages: Pages, rng: random.Random) -> bytes:
    lines = [
        f"From: <Saved by Blink>\r\nDate: {rng.choice(('Mon, 6 Jan 2025 10:00:00 -0000', 'Tue, 99 X 9999 -9999', ''))}"
    ]
    lines.append(
        f"Snapshot-Content-Location: {rng.choice(('https://www.paper.example/1', 'cid:x', 'http://[', '=?x?q?=ff?='))}"
    )
    deep = rng.choice((0, 0, 0, 0, 1, 3, 60))
    for level in range(deep):
        lines.append(f'Content-Type: multipart/mixed; boundary="in{level}"\r\n\r\n--in{level}')
    lines.append('Content-Type: multipart/related; type="text/html"; boundary="----x"; start="<0@x>"\r\n')
    for number in range(rng.randrange(1, 5)):
        kind = rng.choice(
            ("text/html", "text/html; charset=x-none", "text/css", "image/png", "text/plain", "message/rfc822")
        )
        coding = rng.choice(("quoted-printable", "base64", "binary", "x-uuencode", "8bit", ""))
        lines.append(
            f"------x\r\nContent-Type: {kind}\r\nContent-ID: <{number}@x>\r\nContent-Transfer-Encoding: {coding}"
        )
        lines.append(f"Content-Location: https://www.paper.example/{number}\r\n")
        lines.append(rng.choice(pages).decode("latin-1"))
    return "\r\n".join([*lines, "------x--\r\n"]).encode("latin-1", "replace")


def a_wacz(pages: Pages, rng: random.Random) -> bytes:
    packed, crawl = io.BytesIO(), a_warc_gz(pages, rng)
    rows = [
        {
            "path": "archive/a.warc.gz",
            "hash": rng.choice(("sha256:0", "md5:", "shake_128:x", "x", 7, None)),
            "bytes": len(crawl),
        }
    ]
    package = rng.choice(
        (json.dumps({"resources": rows}).encode(), b'{"resources": [[]]}', b"[" * 9_999, b"\xff", b'{"resources": 7}')
    )
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("archive/a.warc.gz", crawl, rng.choice((0, 8)))
        archive.writestr("datapackage.json", package)
        archive.writestr(
            rng.choice(("archive/b.warc", "pages/pages.jsonl", "archive/c.ARC.GZ")), _broken(crawl, rng, 2)
        )
    return packed.getvalue()


def a_page(pages: Pages, rng: random.Random) -> bytes:
    """A page that is a zip file too, or marked by a tool that saved it."""
    marks = (
        b"<!-- saved from url=(0001)http://[ -->",
        b"<!--\n Page saved with SingleFile\n url: http://x/\n saved date: 31 Feb 99999\n-->",
        b"<!-- Mirrored from x/%ff by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 99 Foo 2015 10:00:00 GMT -->",
        b"<!-- saved from url=(0001)https://web.archive.org/web/99999999999999/http:/x -->",
        b"FILE ARCHIVED ON 99:99:99 Foo 99, 0000",
    )  # fmt: skip
    page = rng.choice(marks) + rng.choice(pages)
    return page + a_zip([*pages, page], rng) if rng.random() < 0.3 else page


FORMS: dict[str, Form] = {
    ".zip": a_zip, ".tar": a_tar, ".tar.gz": lambda pages, rng: gzip.compress(a_tar(pages, rng), 1),
    ".tar.bz2": lambda pages, rng: bz2.compress(a_tar(pages, rng), 1),
    ".tar.xz": lambda pages, rng: lzma.compress(a_tar(pages, rng), preset=0), ".warc": a_warc, ".warc.gz": a_warc_gz,
    ".warc.zst": a_warc_zst, ".mht": an_mhtml, ".mhtml": an_mhtml, ".wacz": a_wacz, ".html": a_page,
    ".html.gz": lambda pages, rng: gzip.compress(a_page(pages, rng), 1), ".arc": a_warc, ".arc.gz": a_warc_gz,
}  # fmt: skip


def _wrong_numbers(dump: bytes, rng: random.Random) -> bytes:
    """Lengths, dates and codes written as figures, changed."""
    return re.sub(rb"\d+", lambda found: rng.choice(_WRONG) if rng.random() < 0.05 else found[0], dump)


def _wrong_fields(dump: bytes, rng: random.Random) -> bytes:
    """Sizes, offsets and methods in the headers of a zip file, changed."""
    broken, heads = (
        bytearray(dump),
        [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", dump)],
    )
    for head in rng.sample(heads, min(len(heads), rng.randrange(1, 4))):
        at, width = head + rng.randrange(4, 46), rng.choice((1, 2, 4))
        broken[at : at + width] = rng.choice((b"\xff", b"\x00", bytes([rng.randrange(256)]))) * width
    return bytes(broken)


def _wrong_headers(dump: bytes, rng: random.Random) -> bytes:
    """A field of tar headers changed, and their sums made right again."""
    broken = bytearray(dump)
    for at in range(0, len(broken) - 511, 512):
        if broken[at + 257 : at + 262] == b"ustar" and rng.random() < 0.5:
            field, width = rng.choice(((0, 100), (124, 12), (136, 12), (156, 1), (157, 100), (345, 155)))
            value = rng.choice(
                (
                    b"\xff" * width,
                    b"\x80" + b"\x00" * width,
                    b"77777777777777"[:width],
                    b"-1\x00",
                    rng.randbytes(width),
                    b"xLKSgNVD",
                )
            )
            broken[at + field : at + field + min(width, len(value))] = value[:width]
            broken[at + 148 : at + 156] = b" " * 8
            broken[at + 148 : at + 156] = b"%06o\x00 " % sum(broken[at : at + 512])
    return bytes(broken)


def _shuffle(dump: bytes, rng: random.Random) -> bytes:
    size = max(1, len(dump) // rng.randrange(2, 12))
    parts = [dump[at : at + size] for at in range(0, len(dump), size)]
    rng.shuffle(parts)
    return b"".join(parts)


def _twice(dump: bytes, rng: random.Random) -> bytes:
    return dump + dump[rng.randrange(len(dump)) :] + rng.choice((b"", b"\x00" * 1024, rng.randbytes(50)))


BREAKS: tuple[Mutation, ...] = (
    flip, cut, truncate, repeat, swap, _wrong_numbers, _wrong_fields, _wrong_headers, _shuffle, _twice,
)  # fmt: skip


def _broken(dump: bytes, rng: random.Random, times: int) -> bytes:
    for _ in range(times):
        dump = rng.choice(BREAKS)(dump or b"\x00", rng)[: 16 * 2**20]
    return dump


def broken_dump(pages: Pages, seed: str) -> tuple[str, bytes]:
    """(ending, bytes) of a dump: broken in up to four ways, packed before or after; now and then named as another."""
    rng = random.Random(seed)
    ending = rng.choice(tuple(FORMS))
    if ending.startswith(".tar.") and rng.random() < 0.5:
        pack = {".gz": lambda plain: gzip.compress(plain, 1), ".bz2": bz2.compress, ".xz": lzma.compress}[ending[4:]]
        dump = pack(_broken(a_tar(pages, rng), rng, rng.randrange(1, 4)))
    else:
        dump = _broken(FORMS[ending](pages, rng), rng, rng.randrange(5))
    return (rng.choice(tuple(FORMS)) if rng.random() < 0.05 else ending), dump


def any_bytes(pages: Pages, seed: str) -> tuple[str, bytes]:
    """(ending, bytes) of a file that may be anything at all: noise, a page under a wrong name, a broken dump."""
    rng = random.Random(seed)
    if rng.random() < 0.5:
        return broken_dump(pages, seed)
    starts = (
        b"",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b"<html>",
        b"\xff\xfe",
        b"\x28\xb5\x2f\xfd",
        b"\x00" * 300,
        b"MIME-Version: 1.0\r\n",
    )
    noise = rng.choice(starts) + rng.randbytes(rng.choice((0, 1, 40, 5_000)))
    page = flip(rng.choice(pages), rng) if rng.random() < 0.5 else rng.choice(pages)
    return rng.choice((*FORMS, ".html", ".php", ".txt", "", ".gz")), rng.choice(
        (noise, page, noise + page, page + noise)
    )
