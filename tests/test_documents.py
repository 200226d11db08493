"""loaders/documents.py, formats.py, boilerplate.py and graph/quotes.py: files to documents, masks, and what is refused."""

from __future__ import annotations

import io
import json
import pathlib
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.quotes import find_quote, fold
from loaders.boilerplate import LONGEST_LINE, Pattern, masks, patterns
from loaders.documents import from_text, jsonl_kind, read_case, read_one
from loaders.formats import day, read_bytes

SHARED = pathlib.Path(__file__).parents[2] / "shared"
LD = '<script type="application/ld+json">'
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside this checkout")


def write(folder: pathlib.Path, **files: str | bytes) -> pathlib.Path:
    """Files named with `__` for a slash and `_dot_` for the point of the ending."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reasons(case: pathlib.Path) -> dict[str, str]:
    return {r.file: r.reason for r in read_case(case).refused}


def pdf(*pages: str) -> bytes:
    """A PDF of text lines, made by hand; pypdf only reads what has text in it."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for page in pages:
        lines = "".join(f"({line}) Tj T* " for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {lines}ET".encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 600 800]/Contents %d 0 R>>" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def test_a_folder_with_every_format(tmp_path: pathlib.Path) -> None:
    html = (
        "<html><head><title>t</title><meta property='og:title' content='Dockers halt ferry'>"
        "<meta property='article:published_time' content='2023-05-12T08:00:00+02:00'>"
        "<meta property='og:site_name' content='Estuary Post'></head>"
        "<body><article><h1>Dockers halt ferry</h1>"
        + "<p>Port workers in Velm walked off the night ferry on Thursday, the line said.</p>" * 4
        + "</article><footer>(c) 2024 Estuary Post</footer></body></html>"
    )
    case = write(
        tmp_path / "velm",
        a_dot_txt="\ufeffFerry halted\r\n\r\nDockers walked off.\r\n",
        sub__b_dot_md="---\ntitle: 'The reply'\npublished: 2023-05-13\nauthor: A\n---\n# Heading\n\nThe line gave in.\n",
        c_dot_html=html,
        d_dot_pdf=pdf("Dockers of Velm have walked off the night ferry of the\nOrran Line on Thursday.", "The second page."),
        more_dot_jsonl=json.dumps({"document": "j1", "text": "One.", "publisher": "P", "published": "2020-02-29", "title": None}) + "\n\n",
        documents_dot_csv="document,title,publisher,published,kind,copy_of\na,,Velm Echo,2023-05-12,wire,c\nsub/b,,,2023-05-14,,\n",
        case_dot_toml="name = 'velm-2023'\ntitle = 'The ferry'\n",
        README_dot_md="read me",
        gold_dot_txt="gold",
        lexicons__x_dot_csv="a,b",
        judgements_dot_csv="when\n",
        _dot_hidden_dot_txt="x",
        picture_dot_png=b"\x89PNG",
    )
    read = read_case(case)
    assert (read.case, read.heading, read.refused) == ("velm-2023", "The ferry", ())
    assert dict(read.skipped) == {
        "README.md": "no article",
        "gold.txt": "gold is never loaded",
        ".hidden.txt": "a hidden file",
        "picture.png": "not a format that is read (.txt, .md, .html, .htm, .pdf, .jsonl)",
    }
    a, c, d, j, b = read.documents
    assert [x.document for x in read.documents] == ["a", "c", "d", "j1", "sub/b"]
    assert a.text == "Ferry halted\r\n\r\nDockers walked off.\r\n" and a.title == "Ferry halted"
    assert (a.publisher, a.published, a.kind, a.copy_of) == ("Velm Echo", date(2023, 5, 12), "wire", "c")
    assert (b.title, b.published) == ("The reply", date(2023, 5, 14)), "documents.csv goes before front matter"
    assert b.text.startswith("---\n") and b.masked[0] == (0, b.text.index("# Heading"), "front matter")
    assert (c.title, c.publisher, c.published) == ("Dockers halt ferry", "Estuary Post", date(2023, 5, 12))
    assert "walked off" in c.text and "2024" not in c.text
    assert d.text == "Dockers of Velm have walked off the night ferry of the Orran Line on Thursday.\n\nThe second page."
    assert (j.published, j.file) == (date(2020, 2, 29), "more.jsonl")
    assert [name for name, _ in read.read] == sorted(["a.txt", "c.html", "case.toml", "d.pdf", "documents.csv", "more.jsonl", "sub/b.md"])
    again = read_case(case)
    assert again == read
    (case / "a.txt").write_text("other")
    assert read_case(case).files != read.files


def test_bad_files_are_refused_with_a_reason_and_the_rest_is_read(tmp_path: pathlib.Path) -> None:
    case = write(
        tmp_path,
        empty_dot_txt="",
        blank_dot_txt="  \n\n",
        binary_dot_txt=b"\x7fELF\x00\x01",
        latin_dot_txt="café".encode("latin-1"),
        bom_dot_txt=b"\xef\xbb\xbfab\xff",
        broken_dot_pdf=b"%PDF-1.4 nothing",
        scan_dot_pdf=pdf(""),
        nothing_dot_html="<html><body></body></html>",
        good_dot_txt="A good one.",
        twice_dot_txt="one",
        twice_dot_md="two",
        dated_dot_md="---\npublished: 12 May\n---\nText.",
    )
    why = reasons(case)
    assert set(why) == {p.name for p in case.iterdir()} - {"good.txt"}
    assert why["empty.txt"] == "the file is empty"
    assert "zero bytes" in why["binary.txt"]
    assert why["latin.txt"] == "not UTF-8: byte 3 is 0xe9; save it as UTF-8"
    assert "byte 5 is 0xff" in why["bom.txt"]
    assert "PDF" in why["broken.pdf"] and "scan" in why["scan.pdf"] and "HTML" in why["nothing.html"]
    assert "twice.md" in why["twice.txt"] and "twice.txt" in why["twice.md"]
    assert "'12 May' is no date" in why["dated.md"]
    assert [d.document for d in read_case(case).documents] == ["good"]


def test_a_bad_row_of_the_sidecar_names_its_line_and_takes_its_document_with_it(tmp_path: pathlib.Path) -> None:
    rows = "document,published,published_at\na,2021-02-30,\nb,2021-01-09,\nghost,,\nc,2021-01-01,\nc,2021-01-02,\n"
    read = read_case(write(tmp_path, a_dot_txt="A", b_dot_txt="B", c_dot_txt="C", documents_dot_csv=rows))
    assert [d.document for d in read.documents] == ["b"]
    assert [(r.file, r.line) for r in read.refused] == [
        ("a.txt", None),
        ("c.txt", None),
        ("documents.csv", 1),
        ("documents.csv", 2),
        ("documents.csv", 4),
        ("documents.csv", 6),
    ]
    assert "'2021-02-30' is no date in the calendar" in read.refused[3].reason
    assert str(read.refused[3]).startswith("documents.csv:2: published")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"documents_dot_csv": "title\nx\n"}, r"documents.csv:1: no column `document`"),
        ({"documents_dot_csv": b"document\n\xff\n"}, r"documents.csv: not UTF-8: byte 9"),
        ({"case_dot_toml": "name = "}, r"case.toml: not TOML"),
        ({"case_dot_toml": "name = 3"}, r"case.toml: name must be a text"),
    ],
)
def test_a_case_whose_own_files_are_broken_is_an_error(tmp_path: pathlib.Path, files: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read_case(write(tmp_path, a_dot_txt="A", **files))


def test_a_jsonl_is_told_by_its_first_line(tmp_path: pathlib.Path) -> None:
    article = json.dumps({"document": "d", "text": "T."})
    write(
        tmp_path,
        export_dot_jsonl='{"whom": "export"}\n',
        claims_dot_jsonl='{"action": "REQUEST", "document": "d"}\n',
        news_dot_jsonl="\ufeff\n" + article + "\n{\n" + article.replace("d", "e", 1) + "\n" + '{"text": "no id"}\n' + article,
        other_dot_jsonl="[1]\n",
        none_dot_jsonl="",
    )
    assert [jsonl_kind(tmp_path / f"{n}.jsonl") for n in ("export", "claims", "news")] == ["export", "claims", "articles"]
    with pytest.raises(BadInput, match=r"export.jsonl: holds an export"):
        read_case(tmp_path / "export.jsonl")
    with pytest.raises(BadInput, match=r"other.jsonl:1: not a JSON object"):
        jsonl_kind(tmp_path / "other.jsonl")
    with pytest.raises(BadInput, match="empty"):
        jsonl_kind(tmp_path / "none.jsonl")
    read = read_case(tmp_path / "news.jsonl")
    assert read.case == "news" and read.documents == ()
    assert [(r.line, r.reason.split(":")[0]) for r in read.refused] == [
        (2, "the id 'd' is also that of news.jsonl"),
        (3, "not JSON"),
        (4, "no `document`"),
        (5, "no `document`"),
        (6, "the id 'd' is also that of news.jsonl"),
    ]


def test_hostile_json_is_refused_not_followed(tmp_path: pathlib.Path) -> None:
    good = json.dumps({"document": "a", "text": "A"})
    lines = [good, "[" * 100_000, '{"document": "b", "text": "\\ud800"}', '{"document": "c", "text": "\\u0000"}']
    lines.append('{"document": "d", "text": "D", "published": 20210109}')
    read = read_case(write(tmp_path, x_dot_jsonl="\n".join(lines)))
    assert [d.document for d in read.documents] == ["a"] and [r.line for r in read.refused] == [2, 3, 4, 5]
    assert read.refused[-1].reason == "published must be a text in quotes"


def test_links_out_of_the_case_are_not_followed(tmp_path: pathlib.Path) -> None:
    case = write(tmp_path / "case", a_dot_txt="A")
    (tmp_path / "secret.txt").write_text("secret")
    (case / "b.txt").symlink_to(tmp_path / "secret.txt")
    read = read_case(case)
    assert [d.document for d in read.documents] == ["a"] and read.skipped == (("b.txt", "a link out of the case"),)


def test_a_missing_case_and_a_file_that_is_none(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        read_case(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="a case is a folder"):
        read_case(write(tmp_path, a_dot_txt="A") / "a.txt")


def test_one_file_and_a_text_from_a_pipe(tmp_path: pathlib.Path) -> None:
    write(tmp_path, a_dot_txt="A.", documents_dot_csv="document,published\na,2021-01-09\nb,\n", bad_dot_txt=b"\xff")
    assert read_one(tmp_path / "a.txt").published == date(2021, 1, 9)
    with pytest.raises(BadInput, match=r"bad.txt: not UTF-8"):
        read_one(tmp_path / "bad.txt")
    piped = from_text("---\npublished: 2021-01-09T10:00:00Z\n---\nWorkers walked out.\n")
    assert (piped.document, piped.published, piped.title) == ("stdin", date(2021, 1, 9), "Workers walked out.")
    with pytest.raises(BadInput, match="stdin: the file is empty"):
        from_text("")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (LD + '{"@graph":[{"@type":"NewsArticle","datePublished":"2021-01-09T10:00:00Z"}]}</script>', "2021-01-09"),
        (LD + '{"@type":"Organization","datePublished":"2021-01-09"}</script>', None),
        ('<meta name="date" content="2021-01-09">', None),
        ('<meta property="article:published_time" content="yesterday">', None),
        ("", None),
    ],
)
def test_html_dates_are_taken_only_where_they_are_named(head: str, expected: str | None) -> None:
    body = "<p>The company stopped serving the forum on Sunday night, its owner said.</p>" * 5
    page = f"<html><head>{head}</head><body><article>{body}<p>(c) 2024 Example. January 3, 2020.</p></article></body></html>"
    assert read_bytes(page.encode(), ".html").meta.get("published") == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ('<time datetime="2021-01-09T01:00">then</time>', "2021-01-09"),
        ('<time datetime="2021-01-09">a</time><time datetime="2020-01-01">b</time>', None),
        ('<time datetime="2021-01-09" itemprop="datePublished">a</time><time datetime="2020-01-01">b</time>', "2021-01-09"),
    ],
)
def test_a_time_element_counts_where_it_is_the_only_day(times: str, expected: str | None) -> None:
    body = "<p>The company stopped serving the forum on Sunday night, its owner said.</p>" * 5
    page = f"<html><body><article>{times}{body}</article></body></html>"
    assert read_bytes(page.encode(), ".html").meta.get("published") == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<article>{text}</article><footer>(c) <time datetime="2024-01-01">2024</time></footer>', None),
        ('<article>{text}</article><p>(c) <time datetime="2024-01-01">2024</time></p>', None),
        ('<article>{text}<footer><time datetime="2024-01-01">2024</time></footer></article>', None),
        ('<header><nav><time datetime="2024-01-01">today</time></nav></header><article>{text}</article>', None),
        ('<article>{text}<aside><time datetime="2024-01-01">more</time></aside></article>', None),
        ('<header><time datetime="2021-01-09">then</time></header><article>{text}</article>', "2021-01-09"),
        (
            '<article><time datetime="2021-01-09">then</time>{text}</article><footer><time datetime="2024-01-01">(c)</time></footer>',
            "2021-01-09",
        ),
        ('<div><time pubdate datetime="2021-01-09">then</time></div><article>{text}</article>', "2021-01-09"),
    ],
)
def test_a_time_element_counts_by_its_place(page: str, expected: str | None) -> None:
    body = "<p>The company stopped serving the forum on Sunday night, its owner said.</p>" * 5
    assert read_bytes(f"<html><body>{page.format(text=body)}</body></html>".encode(), ".html").meta.get("published") == expected


def test_dashes_that_open_a_text_are_no_front_matter() -> None:
    content = read_bytes(b"---\nHe said it, and: left.\nThen more\n---\n", ".txt")
    assert (content.front, content.meta) == (0, {})
    assert day(" 2021-01-09 ") == date(2021, 1, 9)
    for wrong in ("20210109", "2021-01", "9 January 2021", "2021-13-01"):
        with pytest.raises(ValueError, match="is no date"):
            day(wrong)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.hits[:30])
def test_each_pattern_hits_its_example_and_nothing_hits_what_it_spares(pattern: Pattern) -> None:
    span = masks(pattern.hits)
    assert span and pattern.why in {why for _, _, why in span}
    if pattern.scope != "part":
        assert (span[0][0], span[-1][1]) == (0, len(pattern.hits))
    assert masks(pattern.spares) == ()


def test_masks_of_a_page() -> None:
    text = (
        "Skip to content\n\nWe love news\n\nFerry line gives in to dockers\n\nFerry line gives in to dockers\n\n"
        "The line gave in on Friday.\n\nRelated\n\nCat stuck in tower\n\nWhy is bread so dear?\n\n"
        "The dockers cheered, then went home, the union said.\n\n"
        "Correction: the ferry is called Orran.\n\n© 2024 Velm Echo. All rights reserved.\n\nComments\n\nTrade with us.\n"
    )
    told = [(text[a:b], why) for a, b, why in masks(text, "Ferry line gives in to dockers")]
    assert told == [
        ("Skip to content", "above the headline"),
        ("We love news", "above the headline"),
        ("Ferry line gives in to dockers", "repeated"),
        ("Related", "related links"),
        ("Cat stuck in tower", "related links"),
        ("Why is bread so dear?", "related links"),
        ("© 2024 Velm Echo. All rights reserved.", "footer"),
        ("Comments", "comments"),
        ("Trade with us.", "comments"),
    ]


def test_patterns_do_not_grow_slow_on_a_hostile_line() -> None:
    """A menu pattern whose parts could share a blank once took longer than a minute on the second of these lines."""
    parts = "a  |a | |By A |x|> a |photo |(photo (|a >> |A joins on |facebook |terms and |- |A contributed to |1 jan 2020 |© |A.b |#a "
    lines = [(part * LONGEST_LINE)[:LONGEST_LINE].strip() for part in [*parts.split("|"), "a | "]]
    started = time.process_time()
    for line in (*lines, "![" * 20_000, "![a](b" * 5_000, "tags=" + "a " * 50_000, "(" * 100_000):
        masks(line)
    assert time.process_time() - started < 5


@given(st.binary(max_size=200), st.sampled_from([".txt", ".html", ".pdf"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_at_all_are_more_than_a_refusal(data: bytes, suffix: str) -> None:
    for content in (data, b"%PDF-1.4\n" + data, b"<html><body><p>" + data):
        try:
            assert read_bytes(content, suffix).text.strip()
        except BadInput as error:
            assert error.reason


@needs_shared
def test_no_coded_claim_lies_in_a_masked_span() -> None:
    for case, gold in (("corpus", "gold/claims.jsonl"), ("gold/news/articles.jsonl", "gold/news/claims.jsonl")):
        read = read_case(SHARED / case)
        masked = {d.document: d.masked for d in read.documents}
        claims = [json.loads(line) for line in (SHARED / gold).read_text().splitlines()]
        hidden = [c["id"] for c in claims for a, b, _ in masked[c["document"]] if c["start"] < b and c["end"] > a]
        assert hidden == [] and len(claims) > 60


@needs_shared
def test_the_corpus_is_read_whole_and_its_boilerplate_masked() -> None:
    read = read_case(SHARED / "corpus")
    assert (len(read.documents), read.refused) == (5, ())
    blog = read.documents[-1]
    assert (blog.publisher, blog.published) == (None, None)
    masked = " ".join(d.text[a:b] for d in read.documents for a, b, _ in d.masked)
    parts = "block ads|Getty|Unsplash|© 2024|tags =|.Source|pictured on|parlerpalmercnbc|Trade confidently|Kif Leswing"
    assert [part for part in parts.split("|") if part not in masked] == []


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_quote_is_found_exactly_or_not_at_all() -> None:
    text = "He said “no” – twice. He said “no” - again."
    assert find_quote(text, 'said "no" -') == (3, 14)
    assert find_quote(text, 'said "no" -', near=30) == (25, 36)
    assert find_quote(text, "She said") is None and find_quote(text, "") is None
