"""Other extractors on the same pages; run by `extraction.py` with the Python of an environment of their own.

Standard input: one JSON object a line, {"path", "gzip"}. Standard output: one a page and extractor, {"peer", "at",
"headline", "byline", "published_at", "body", "seconds"}.
"""

import gzip
import json
import logging
import sys
import time
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def trafilatura(content, precise=False):
    import trafilatura

    found = trafilatura.bare_extraction(content, favor_precision=precise, with_metadata=True, include_comments=False)
    said = found.as_dict() if found else {}
    names = [name.strip() for name in (said.get("author") or "").split(";")]
    return {"headline": said.get("title"), "byline": names, "published_at": said.get("date"), "body": said.get("text")}


def newspaper4k(content):
    import newspaper

    page = newspaper.Article("https://www.example.org/", language="ar", fetch_images=False)
    page.download(input_html=content)
    page.parse()
    day = page.publish_date.isoformat() if page.publish_date else None
    return {"headline": page.title, "byline": page.authors, "published_at": day, "body": page.text}


PEERS = {
    "trafilatura": trafilatura,
    "trafilatura, favor_precision": lambda content: trafilatura(content, precise=True),
    "newspaper4k": newspaper4k,
}


def main():
    rows = [json.loads(line) for line in sys.stdin]
    for name, extract in PEERS.items():
        for at, row in enumerate(rows):
            with open(row["path"], "rb") as file:
                content = gzip.decompress(file.read()) if row["gzip"] else file.read()
            seconds, said = 9e9, {}
            for _ in range(2):  # the first time warms caches up
                started = time.perf_counter()
                try:
                    said = extract(content)
                except Exception as error:
                    said = {"error": str(error)}
                seconds = min(seconds, time.perf_counter() - started)
            print(json.dumps({"peer": name, "at": at, "seconds": seconds, **said}, default=str), flush=True)


if __name__ == "__main__":
    main()
