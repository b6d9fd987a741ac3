"""Bad catalogs."""

from __future__ import annotations

from render.core.catalog import RESERVED
from render.core.fault import Exit
from tests.bad_input.row import CATALOG, Row, folder, link, remove, swap, write

_FILE = "catalog.yaml"
_RUN = ("gc", "--dry-run")
_BLURB = CATALOG[CATALOG.index("A dot goes") : CATALOG.index("and it says so.") + 15]

# Name, what is replaced by what, and words of the line.
_SWAPS = [
    ("no version", "version: 1\n", "", "version: expected the key version, which is missing"),
    ("version 2", "version: 1", "version: 2", ":1:10: version: expected 1, found"),
    ("version as text", "version: 1", "version: '1'", ":1:10: version: expected 1"),
    ("version true", "version: 1", "version: true", ":1:10: version: expected 1"),
    ("version 1.0", "version: 1", "version: 1.0", ":1:10: version: expected 1"),
    ("version nothing", "version: 1", "version:", ":1:9: version: expected 1"),
    ("an unknown key", "version: 1", "version: 1\ncolour: red", ":2:1: colour: there is no key colour here"),
    (
        "a misspelt key",
        "  promise:",
        "  promice:",
        ":4:3: hub.promice: there is no key promice here; did you mean promise?",
    ),
    ("a key twice", "version: 1", "version: 1\nversion: 1", "written twice, first at"),
    ("a number as key", "version: 1", "version: 1\n7: x", "expected a word as key"),
    ("a list as key", "version: 1", "version: 1\n? [a]\n: x", "expected a word as key"),
    (
        "hub is text",
        CATALOG[CATALOG.index("hub:") : CATALOG.index("sections:")],
        "hub: x\n",
        "hub: expected a mapping with the keys",
    ),
    (
        "hub is a list",
        CATALOG[CATALOG.index("hub:") : CATALOG.index("sections:")],
        "hub: []\n",
        "hub: expected a mapping with the keys",
    ),
    (
        "no sections",
        CATALOG[CATALOG.index("sections:") :],
        "sections: []\n",
        "sections: expected 1 or more, found 0",
    ),
    (
        "sections are text",
        CATALOG[CATALOG.index("sections:") :],
        "sections: x\n",
        "sections: expected a list, found “x”",
    ),
    (
        "a section is null",
        CATALOG[CATALOG.index("sections:") :],
        "sections: [null]\n",
        "sections.0: expected a mapping with the keys",
    ),
    ("an empty title", "title: Tiny Hub", "title: ''", "hub.title: expected text without < and >"),
    (
        "markup in a title",
        "title: Tiny Hub",
        "title: <b>Tiny</b>",
        "hub.title: expected text without < and >",
    ),
    (
        "a title that is a number",
        "title: Tiny Hub",
        "title: 7",
        "hub.title: expected text, found the number 7",
    ),
    (
        "a title that is too long",
        "title: Tiny Hub",
        "title: " + "x" * 101,
        "hub.title: expected 100 characters or fewer, found 101",
    ),
    (
        "an address without scheme",
        "site_url: https://tiny.example",
        "site_url: tiny.example",
        "hub.site_url: expected scheme and host",
    ),
    (
        "an address with a slash",
        "site_url: https://tiny.example",
        "site_url: https://tiny.example/",
        "hub.site_url: expected scheme and host",
    ),
    (
        "an address of another scheme",
        "site_url: https://tiny.example",
        "site_url: javascript://x",
        "hub.site_url: expected scheme and host",
    ),
    (
        "a base path without slash",
        "base_path: /",
        "base_path: hub",
        "hub.base_path: expected a path that starts and ends",
    ),
    (
        "a base path that leads up",
        "base_path: /",
        "base_path: /../x",
        "hub.base_path: expected a path that starts and ends",
    ),
    (
        "a link without scheme",
        "link: https://tiny.example/",
        "link: tiny",
        "hub.call_to_action.link: expected an address that starts",
    ),
    (
        "a link that runs",
        "link: https://tiny.example/",
        "link: javascript:alert(1)",
        "hub.call_to_action.link: expected an address that starts",
    ),
    (
        "an author without name",
        "    name: Tiny\n",
        "",
        "hub.author.name: expected the key name, which is missing",
    ),
    (
        "a slug in capitals",
        "slug: moving-dot",
        "slug: Moving-Dot",
        "topics.0.slug: expected a slug of lower-case letters",
    ),
    (
        "a slug with an underscore",
        "slug: moving-dot",
        "slug: moving_dot",
        "topics.0.slug: expected a slug of lower-case letters",
    ),
    (
        "a slug that begins with a digit",
        "slug: moving-dot",
        "slug: 2-dots",
        "topics.0.slug: expected a slug of lower-case letters",
    ),
    (
        "a slug that leads away",
        "slug: moving-dot",
        "slug: ../../etc",
        "topics.0.slug: expected a slug of lower-case letters",
    ),
    (
        "a slug with a line's end",
        "slug: moving-dot",
        'slug: "moving-dot\\n"',
        "topics.0.slug: expected a slug of lower-case letters",
    ),
    (
        "a slug of another alphabet",
        "slug: moving-dot",
        "slug: точка",
        "topics.0.slug: expected a slug of lower-case letters",
    ),
    ("an empty slug", "slug: moving-dot", "slug: ''", "topics.0.slug: expected a slug of lower-case letters"),
    (
        "no slug",
        "      - slug: moving-dot\n        title",
        "      - title",
        "topics.0.slug: expected the key slug, which is missing",
    ),
    (
        "a slug of 300 letters",
        "slug: moving-dot",
        "slug: " + "a" * 300,
        "topics.0.slug: expected 60 characters or fewer, found 300",
    ),
    (
        "a slug twice",
        "slug: still-square",
        "slug: moving-dot",
        "topics.1.slug: expected something new, found “moving-dot” again; first at",
    ),
    ("a short blurb", _BLURB, "Too short.", "topics.0.blurb: expected 90 characters or more, found 10"),
    ("a long blurb", _BLURB, "x" * 161, "topics.0.blurb: expected 160 characters or fewer, found 161"),
    (
        "an unknown level",
        "level: beginner",
        "level: begin",
        "topics.0.level: expected beginner, intermediate or advanced, found “begin”",
    ),
    (
        "a level in a list",
        "level: beginner",
        "level: [beginner]",
        "topics.0.level: expected beginner, intermediate or advanced",
    ),
    (
        "an unknown status",
        "status: ready",
        "status: redy",
        "topics.0.status: expected ready, draft or planned, found “redy”; did you mean ready?",
    ),
    (
        "a status that is true",
        "status: ready",
        "status: true",
        "topics.0.status: expected ready, draft or planned, found true",
    ),
    (
        "prerequisites as text",
        "prerequisites: []",
        "prerequisites: still-square",
        "topics.0.prerequisites: expected a list",
    ),
    (
        "an unknown prerequisite",
        "prerequisites: []",
        "prerequisites: [still-sqare]",
        "topics.0.prerequisites.0: expected the slug of a topic, found “still-sqare”; did you mean still-square?",
    ),
    (
        "itself as prerequisite",
        "prerequisites: []",
        "prerequisites: [moving-dot]",
        "topics.0.prerequisites.0: expected another topic, found moving-dot itself",
    ),
    (
        "a circle",
        "prerequisites: []",
        "prerequisites: [still-square]",
        "expected prerequisites without a circle, found moving-dot → still-square → moving-dot",
    ),
    (
        "a prerequisite twice",
        "[moving-dot]",
        "[moving-dot, moving-dot]",
        "topics.1.prerequisites.1: expected something new, found “moving-dot” again",
    ),
    (
        "a prerequisite that is a number",
        "[moving-dot]",
        "[7]",
        "topics.1.prerequisites.0: expected text, found the number 7",
    ),
    (
        "nothing to explain",
        "explains: [motion]",
        "explains: []",
        "topics.0.explains: expected 1 or more, found 0",
    ),
    (
        "the same explained twice",
        "explains: [motion]",
        "explains: [motion, motion]",
        "topics.0.explains.1: expected something new",
    ),
    (
        "an item that is too long",
        "explains: [motion]",
        "explains: [" + "m" * 81 + "]",
        "topics.0.explains.0: expected 80 characters or fewer, found 81",
    ),
    ("no terms", "        terms: [dot]\n", "", "topics.0.terms: expected the key terms, which is missing"),
    (
        "a term with an empty synonym",
        "terms: [dot]",
        "terms: ['dot = ']",
        "topics.0.terms.0: expected a term, and after",
    ),
    (
        "a day that is none",
        "status: ready",
        "status: ready\n        published: 2026-02-30",
        "topics.0.published: expected a day such as 2026-11-22",
    ),
    (
        "a day in words",
        "status: ready",
        "status: ready\n        published: soon",
        "topics.0.published: expected a day such as 2026-11-22",
    ),
    (
        "a day as a number",
        "status: ready",
        "status: ready\n        published: 20261122.5",
        "topics.0.published: expected a day such as 2026-11-22",
    ),
    (
        "publish without licence",
        "sections:",
        "  publish: {}\nsections:",
        "hub.publish.licence: expected the key licence, which is missing",
    ),
    ("a tab", "version: 1", "version: 1\n\thub: x", "not valid YAML"),
    ("a bracket that stays open", "explains: [motion]", "explains: [motion", "not valid YAML"),
    ("a quote that stays open", "title: Tiny Hub", "title: 'Tiny Hub", "not valid YAML"),
    ("wrong indentation", "  title: Tiny Hub", "   title: Tiny Hub", "not valid YAML"),
    (
        "an alias",
        "title: Tiny Hub",
        "title: &t Tiny Hub\n  promice: *t",
        "expected the value itself, found an alias",
    ),
    ("an alias of nothing", "title: Tiny Hub", "title: *t", "not valid YAML"),
    ("a tag", "title: Tiny Hub", "title: !!python/object:os.system x", "expected plain YAML, found the tag"),
    ("a tag that promises too much", "version: 1", "version: !!int one", "expected what the tag"),
    ("two documents", "version: 1", "--- 1\n---\nversion: 1", "not valid YAML"),
    (
        "a control character",
        "title: Tiny Hub",
        "title: Tiny\x07Hub",
        ":3:14: expected text, found the control character U+0007",
    ),
    (
        "a zero byte",
        "title: Tiny Hub",
        "title: Tiny\0Hub",
        ":3:14: expected text, found the control character U+0000",
    ),
]

# Name, the whole file, and words of the line.
_WHOLE = [
    ("an empty file", "", ":1:1: catalog: expected version, hub and sections, found an empty file"),
    (
        "only a comment",
        "# nothing yet\n",
        ":1:1: catalog: expected version, hub and sections, found an empty file",
    ),
    ("a list", "[]", "catalog: expected a mapping with the keys version, hub, sections, found a list"),
    ("a text", "hello", "catalog: expected a mapping with the keys"),
    ("JSON cut short", '{"version": 1,', "not valid YAML"),
    ("latin-1", CATALOG.replace("Tiny Hub", "Tin\udcff Hub"), ":3:13: expected UTF-8, found the byte 0xff"),
    ("UTF-16", CATALOG.encode("utf-16").decode("latin-1"), "catalog.yaml:1:"),
    (
        "an overlong form of UTF-8",
        "version: 1 # \udcc0\udcaf\n",
        ":1:14: expected UTF-8, found the byte 0xc0",
    ),
    ("a binary file", "\udc89PNG\r\n\x1a\n" + "\0" * 100, ":1:1: expected UTF-8, found the byte 0x89"),
    (
        "lists 33 deep",
        "version: " + "[" * 33 + "]" * 33,
        ":1:41: catalog: expected lists and mappings at most 32 deep",
    ),
    ("lists 900 deep", "version: " + "[" * 900 + "]" * 900, "expected lists and mappings at most 32 deep"),
    ("lists 200,000 deep", "version: " + "[" * 200_000, "expected lists and mappings at most 32 deep"),
    ("mappings 50,000 deep", "{a: " * 50_000, "expected lists and mappings at most 32 deep"),
    (
        "blocks 100 deep",
        "".join(" " * depth + "a:\n" for depth in range(100)),
        "expected lists and mappings at most 32 deep",
    ),
    (
        "more bytes than anybody writes",
        "# " + "x" * 4_000_000,
        "catalog.yaml: expected at most 4,000,000 bytes, found 4,000,002",
    ),
]


def rows() -> list[Row]:
    """The rows of this kind."""
    swaps = [
        Row(name, swap(_FILE, old, new), _RUN, Exit.USAGE, ("catalog.yaml", words), lines=4)
        for name, old, new, words in _SWAPS
    ]
    whole = [
        Row(name, write(_FILE, text), _RUN, Exit.USAGE, ("catalog.yaml", words), lines=4)
        for name, text, words in _WHOLE
    ]
    names = [
        Row(
            f"the slug {slug}",
            swap(_FILE, "slug: moving-dot", f"slug: {slug}"),
            _RUN,
            Exit.USAGE,
            ("catalog.yaml:18:15: ", f"topics.0.slug: expected another slug than {slug}"),
            lines=2,
        )
        for slug in (
            "glossary",
            "assets",
            "media",
            "kit",
            "maths",
            "figure",
            "lexicon",
            "shared",
            "import",
            "none",
        )
        if slug in RESERVED
    ]
    places = [
        Row(
            "no catalog",
            remove(_FILE),
            _RUN,
            Exit.USAGE,
            ("catalog.yaml: no such file. Run from the project's root",),
        ),
        Row("a folder", folder(_FILE), _RUN, Exit.USAGE, ("catalog.yaml: cannot be read: Is a directory",)),
        Row("a link to nowhere", link(_FILE, "nowhere"), _RUN, Exit.USAGE, ("catalog.yaml: no such file",)),
        Row("a link to itself", link(_FILE, _FILE), _RUN, Exit.USAGE, ("catalog.yaml: cannot be read",)),
        Row(
            "a device",
            link(_FILE, "/dev/zero"),
            _RUN,
            Exit.USAGE,
            ("catalog.yaml: expected a file, found something else",),
        ),
    ]
    return [*swaps, *whole, *names, *places]
