"""Style sheets: kept companions or nowhere."""

import re

import pytest

from archive.replay.styles import inert_styles
from tests.benchmarks.inertness import sheet_faults

FAR = "https://far.example/x.png"


def kept(reference: str, kinds: tuple[str, ...]) -> str:
    return "/companion/1/" if reference == "kept.png" and "image/" in kinds else ""


@pytest.mark.parametrize(
    "text",
    [
        "a{background:url(FAR)}",
        "a{background:url( 'FAR' )}",
        'a{background:URL("FAR")}',
        "a{background:\\75rl(FAR)}",
        "a{background:\\000075 \\52 l(FAR)}",
        "a{background:u\\r\\l(FAR)}",
        "a{background:url(\nFAR\n)}",
        "a{background:url(FAR",
        'a{background:url("FAR',
        'a{background:url(a\\)"b);c:url(FAR)}',
        "a{background:image-set('FAR' 1x)}",
        "a{background:-webkit-image-set(url(FAR) 1x)}",
        "a{background:cross-fade(url(FAR), url(FAR))}",
        "a{background:src('FAR')}",
        'a{content:"x\\"";b:url(FAR)}',
        "a{content:'x\nb:url(FAR)}",
        "/* a */a{b:url(FAR)/**/}/*",
        "a{b:u/**/rl(FAR);c:url/**/(FAR)}",
        "@import 'FAR';",
        '@import "FAR" screen;',
        "@import url(FAR)",
        "@IMPORT url('FAR') layer(x);",
        "@\\69mport 'FAR';",
        "@import/**/'FAR';",
        "@import 'FAR' supports(url(FAR));",
        "@font-face{src:local('x'),url(FAR)format('woff')}",
        "a{b:url(//far.example/x.png)}",
        "a{b:url(\\2f\\2f far.example/x.png)}",
        "a{b:url(data:text/html,<script>1</script>)}",
        "a{b:url(javascript:1)}",
        "a{b:expression(1)}",
        'a{b:\\";c:url(FAR)}',
        "a{b:\\';c:image-set('FAR' 1x)}",
        'a{b:u\\72l(x");c:\\75rl(FAR)}',
        "@import /*x{a:u\\72l(FAR)}",
        "a{b:u@import;rl(FAR)}",
        "a{b:u@import x;\\72l(FAR)}",
        "a{b:\u00aaurl(FAR)}",
        "a{b:\\<url(FAR);c:<url(FAR)}",
        "a\x00{b:url(FAR)}\r\nb\x0c{b:url(FAR)}",
    ],
)
def test_no_address_is_left(text: str) -> None:
    """What remains inside `url()` and `@import` is the empty address; a string by itself loads nothing."""
    written = inert_styles(text.replace("FAR", FAR), kept)
    without_strings = re.sub(r"url\(\"data:,\"\)", "", written)
    assert not list(sheet_faults(written))
    assert not re.search(r"(?i)(?<!\\3c )\burl\s*\(|@import|image-set\s*\(\s*url|javascript|text/html", without_strings)
    assert not re.search(r"(?<![-\w])(?:src|image-set|-webkit-image-set|cross-fade|expression)\(", written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a{background:url(kept.png) no-repeat}", 'a{background:url("/companion/1/") no-repeat}'),
        ("a{background:url('kept.png')}", 'a{background:url("/companion/1/")}'),
        ("a{mask:url(#m)}", 'a{mask:url("#m")}'),
        ("a{b:url(data:image/gif;base64,R0lGOD==)}", 'a{b:url("data:image/gif;base64,R0lGOD==")}'),
        ('.icon::before{content:"\\f101"}', '.icon::before{content:"\\f101"}'),
        (".md\\:flex > a{color:red}", ".md\\:flex > a{color:red}"),
        ("a::after{content:'url(x)'}", "a::after{content:'url(x)'}"),
        ("@media (400px <= width){a{b:c}}", "@media (400px <= width){a{b:c}}"),
        ("@import 'kept.css';a{b:c}", "/**/a{b:c}"),
        (r".\31 0\% > a\"b{c:d}", r".\31 0\% > a\"b{c:d}"),
        ("a{b:c}\\", "a{b:c}\\"),
        ("a/* url(x) */{b:c}", "a/**/{b:c}"),
    ],
)
def test_what_is_kept_and_what_is_harmless_stays(text: str, written: str) -> None:
    assert inert_styles(text, kept) == written


def test_no_letter_of_an_address_ends_its_quotation_marks() -> None:
    assert not list(sheet_faults(inert_styles("a{b:url(#x\\c y\\22 z);c:url(#\\d );d:image-set('x' 1x)}", kept)))


def test_a_kept_sheet_is_imported() -> None:
    written = inert_styles(
        "@import url(a.css) print;", lambda reference, kinds: "/s/" if kinds == ("text/css",) else ""
    )
    assert written == '@import url("/s/") print;'


@pytest.mark.parametrize("text", ["a{}</style><img src=x onerror=1>", "a{content:'</style>'}", "<!-- a{} -->"])
def test_no_text_ends_the_element(text: str) -> None:
    assert not re.search(r"<[A-Za-z/!?]", inert_styles(text, kept))
