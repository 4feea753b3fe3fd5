"""Pages and style sheets that try to act when they are shown again."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .mutations import MUTATIONS, insert

FAR = "//far.example/"
_ADDRESSES = (
    FAR, "https:" + FAR + "x.png", "HTTP:" + FAR, "javascript:alert(1)", "java\tscript:alert(1)",
    "data:text/html,<script>1</script>", "data:image/svg+xml,<svg onload=alert(1)>", "blob:x", "\\\\far.example\\x",
    "/\\far.example", "kept.png", "style.css", "&#106;avascript:alert(1)", "vbscript:x", "#a", "about:blank",
    "x.png\") , url(" + FAR, "cid:3", "\x01javascript:alert(1)",
)  # fmt: skip
_PIECES = (
    "<script>alert(1)</script>", "<script src={a}></script>", "<img src={a} onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><style>*{{background:url({a})}}</style></svg>", "<svg><use href={a}></use><image href={a}>",
    "<svg><script>x</script>", "<math><mtext><table><mglyph><style><!--</style><img src onerror=alert(1)>",
    "<svg><title><style></title><img src=x onerror=1>", "<iframe srcdoc='<script>1</script>' src={a}>",
    "<object data={a}>", "<embed src={a}>", "<base href={a}>", "<form action={a}>",
    "<meta http-equiv=refresh content='0;url={a}'>", "<link rel=stylesheet href={a}>",
    "<link rel='import prefetch' href={a}>", "<style>@import '{a}';</style>", "<style>a{{b:url({a})}}</style>",
    "<style>a{{b:image-set('{a}' 1x)}}</style>", "<style></style/><img src={a} onerror=1></style>",
    "<div style=\"background:url('{a}')\">", "<div style='b:u\\72l({a})'>",
    "<a href={a} ping={a} target=_top onclick=alert(1)>x</a>", "<body onload=alert(1) background={a}>",
    "<video poster={a} src={a}>", "<input type=image src={a} formaction={a} autofocus onfocus=alert(1)>",
    "<textarea><img src={a}></textarea>", "<picture><source srcset='{a} 2x'><img srcset='{a} 1x, {a} 2x'></picture>",
    "<noscript><p title='</noscript><img src={a} onerror=1>'>", "<xmp><img src={a}></xmp>", "<plaintext>",
    "<template><img src={a} onerror=1></template>", "<!--><img src={a} onerror=1>-->", "<![CDATA[<img src={a}>]]>",
    "<p title='\"><img src=x onerror=1>'>", "<svg fill='url({a})' filter='url({a})'>",
    "<set attributeName=href to={a}>", "<a:b onclick=1>x</a:b>", "<frameset><frame src={a}>",
    "<select><option><script>1</script>", "<table background={a}><td background={a}>",
    "<svg><foreignObject><iframe src={a}>", "<svg><a xlink:href={a}>x</a><animate attributeName=href values={a}>",
    "<title><img src={a}></title>", "<font face='\"></font><script>1</script>'>", "<div id='x\" onclick=\"alert(1)'>",
    "<p style='x:expression(alert(1));-moz-binding:url({a})'>",
)  # fmt: skip
_CSS = (
    "@import ", "@import url(", "@IMPORT\t", "@\\69mport ", "url(", "u\\72l(", "URL( ", "\\75\\52l(", "image-set(",
    "-webkit-image-set(", "src(", "element(#x)", "cross-fade(", "paint(x)", "expression(", "@font-face{src:",
    "@namespace url(", "@charset \"x\";", "@media x{", "a{b:", "}", "{", ";", ")", "(", "]", "'", '"', "/*", "*/", "\\",
    "\\\n", "\n", "\x00", "\f", "\r\n", "<!--", "-->", "</style>", "<style>", "<script>1</script>", "behavior:",
    "-moz-binding:", "\\3c /style>", "--x:", "var(--x)", "attr(href)", "u+0-7F", "#", "!important", "😀", "\u202e",
    "\\0000075rl(", "\\g", "\\110000", "\\d800", "ſrc(", "ımage-set(", "K", "url", "import", "@", "//",
)  # fmt: skip


def _piece(rng: random.Random) -> bytes:
    return rng.choice(_PIECES).format(a=rng.choice(_ADDRESSES)).encode()


def sheet(rng: random.Random) -> str:
    parts = (lambda: rng.choice(_CSS), lambda: rng.choice(_CSS), lambda: rng.choice(_ADDRESSES))
    text = "".join(rng.choice(parts)() for _ in range(rng.randrange(1, 30)))
    return text * rng.choice((1, 1, 1, 1, 1, 2_000))


def _sheet_on_the_page(rng: random.Random) -> bytes:
    return (rng.choice(("<style>{}</style>", '<p style="{}">', "<p style='{}'>")).format(sheet(rng))).encode()


def _swap_letters(page: bytes, rng: random.Random) -> bytes:
    """Single marks of markup put in, out and in each other's place."""
    marks = b"<>\"'/=&;!-\x00\t\n`"
    return re.sub(rb"[<>\"'/=&]", lambda mark: bytes([rng.choice(marks)]) if rng.random() < 0.01 else mark[0], page)


_ACTING: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    insert(_piece), insert(_piece), insert(lambda rng: b"".join(_piece(rng) for _ in range(rng.randrange(2, 40)))),
    insert(_sheet_on_the_page), _swap_letters,
)  # fmt: skip


def hostile_page(seeds: list[bytes], seed: str) -> bytes:
    """A page of the seeds with what acts put into it, broken now and then as other pages are."""
    rng = random.Random(seed)
    page = rng.choice(seeds) if rng.random() < 0.7 else b"<!DOCTYPE html><html><body><p>x</p></body></html>"
    for _ in range(rng.randrange(1, 8)):
        page = rng.choice(_ACTING)(page, rng)
    if rng.random() < 0.3:
        page = rng.choice(MUTATIONS)(page or b"<html>", rng)
    return page[: 3 * 2**20]
