"""The catalog is what it promises to be, and every mistake in one is told at its place."""

from __future__ import annotations

import json
import re
import string
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from render.core.catalog import Topic, catalog_schema, load_catalog, parse_catalog
from render.core.fault import Exit, UsageFault

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "catalog.yaml").read_text(encoding="utf-8")
CATALOG = parse_catalog(TEXT)
NEEDS = "[python-ml-stack, calculus-optimization, probability-statistics]"
"""The prerequisites of `regression`."""


def mistakes(text: str) -> list[str]:
    """Lines of the fault that ``text`` raises; none if it is a sound catalog."""
    try:
        parse_catalog(text)
    except UsageFault as fault:
        return str(fault).splitlines()
    return []


def swapped(*pairs: tuple[str, str]) -> str:
    """The real catalog with the first occurrence of each text replaced."""
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def place(text: str, index: int) -> str:
    """``catalog.yaml:LINE:COLUMN`` of the character ``index`` of ``text``."""
    return f"catalog.yaml:{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


# The real catalog.


def test_the_catalog_announces_thirty_eight_topics_in_ten_sections() -> None:
    assert {section.slug: len(section.topics) for section in CATALOG.sections} == {
        "setup": 1,
        "math": 4,
        "classic-ml": 17,
        "deep-learning": 4,
        "vision": 2,
        "nlp": 2,
        "audio": 1,
        "generative": 1,
        "rl": 1,
        "frontier": 5,
    }
    assert len(CATALOG.topics) == 38
    assert CATALOG.topic("naive-bayes").title == "Naïve Bayes Classifiers"
    assert CATALOG.topic("cnn").title == "CNN Architectures: Classic → ResNet → ViT"


@pytest.mark.parametrize("topic", CATALOG.topics, ids=lambda topic: topic.slug)
def test_a_topic_says_what_it_teaches_in_few_words(topic: Topic) -> None:
    assert topic.blurb.endswith(".")
    assert not set(".?!") & set(topic.blurb[:-1]), "one sentence"
    assert "video" not in topic.blurb
    assert 5 <= len(topic.explains) <= 12
    assert all(phrase[-1] not in ".,;:" for phrase in topic.explains)


def test_a_term_is_a_line_of_synonyms() -> None:
    assert all(10 < len(topic.terms) < 60 for topic in CATALOG.topics)
    synonyms = CATALOG.topic("svm").synonyms
    assert synonyms[0] == ("hyperplane",)
    assert ("RBF kernel", "Gaussian kernel") in synonyms
    assert len(synonyms) == len(CATALOG.topic("svm").terms)


def test_an_item_that_is_taught_has_one_topic() -> None:
    items = [item for topic in CATALOG.topics for item in topic.explains]
    assert len(items) == len(set(items))


def test_prerequisites_name_nothing_that_others_imply() -> None:
    needs = {topic.slug: topic.prerequisites for topic in CATALOG.topics}

    def implied(slug: str) -> set[str]:
        return set(needs[slug]).union(*(implied(other) for other in needs[slug]))

    for slug, direct in needs.items():
        assert not set(direct) & set().union(*(implied(other) for other in direct)), slug


def test_a_topic_knows_its_section_and_its_scene() -> None:
    topic = CATALOG.topic("naive-bayes")
    assert topic.section == "classic-ml"
    assert topic.module == "scenes.naive_bayes"
    assert topic.folder == Path("scenes/naive_bayes")
    assert topic.path == Path("scenes/naive_bayes/__init__.py")
    assert all(topic in CATALOG.section(topic.section).topics for topic in CATALOG.topics)


def test_loading_is_quick() -> None:
    def seconds() -> float:
        start = time.process_time()
        load_catalog(ROOT / "catalog.yaml")
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 0.1


def test_a_catalog_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        CATALOG.topics[0].title = "Other"


# Asking for a topic.


@pytest.mark.parametrize(
    ("slug", "near"),
    [
        ("svn", "svm"),
        ("SVM", "svm"),
        ("naive_bayes", "naive-bayes"),
        ("xgboost", "gradient-boosting"),
        ("yolo", "object-detection"),
    ],
)
def test_an_unknown_topic_names_the_nearest(slug: str, near: str) -> None:
    with pytest.raises(UsageFault, match=rf"^TOPIC={slug}: .* Did you mean .*\b{near}\b.*\?$"):
        CATALOG.topic(slug)


def test_a_topic_far_from_all_lists_all() -> None:
    with pytest.raises(UsageFault, match=r"python-ml-stack, linear-algebra.*causal-ml"):
        CATALOG.topic("zzz")


def test_a_planned_topic_is_refused_and_the_others_are_listed() -> None:
    assert CATALOG.lesson("svm") == CATALOG.topic("svm")
    none_ready = re.sub("status: (ready|draft)", "status: planned", TEXT)
    with pytest.raises(
        UsageFault, match=r"TOPIC=svm: this topic is planned .* Ready: none yet. To begin"
    ) as caught:
        parse_catalog(none_ready).lesson("svm")
    assert caught.value.exit is Exit.USAGE
    two_ready = none_ready.replace(": planned", ": ready", 2).replace(": planned", ": draft", 1)
    with pytest.raises(
        UsageFault, match=r"Ready: python-ml-stack, linear-algebra\. Drafts: calculus-optimization\."
    ):
        parse_catalog(two_ready).lesson("svm")


def test_a_draft_has_a_lesson_and_is_not_ready() -> None:
    catalog = parse_catalog(TEXT.replace("status: ready", "status: draft"))
    assert catalog.lesson("svm").status == "draft"
    assert not any(topic.status == "ready" for topic in catalog.topics)


def test_an_unknown_section_lists_the_sections() -> None:
    with pytest.raises(UsageFault, match="setup, math"):
        CATALOG.section("maths")


# Mistakes: ¦ stands where the mistake is to be found.


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: SVM, SVR", "¦tittle: SVM, SVR", "there is no key tittle here; did you mean title?"),
        ("words:", "¦wordz:", "there is no key wordz here; did you mean words?"),
        ("hub:\n", "¦hubb:\n", "there is no key hubb here; did you mean hub?"),
        ("status: ready", "status: ready\n        ¦slugs: x", "expected slug, title, blurb"),
        ("level: advanced", "level: ¦advancd", "found “advancd”; did you mean advanced?"),
        (
            "status: ready",
            "status: ¦redy",
            "expected ready, draft or planned, found “redy”; did you mean ready?",
        ),
        ("status: ready", "status: ¦no", "expected ready, draft or planned, found “no”"),
        ("status: ready", "status: ¦[ready]", "expected ready, draft or planned, found a list"),
        ("status: ready", "status: &a ready\n        ¦level: *a", "found an alias"),
        ("status: ready", "status: ready\n        ¦status: planned", "written twice, first at catalog.yaml:"),
        ("slug: pca", "slug: ¦PCA", "a slug of lower-case letters"),
        ("slug: pca", "slug: ¦svm", "found “svm” again; first at catalog.yaml:"),
        ("slug: nlp\n", "slug: ¦vision\n", "found “vision” again; first at catalog.yaml:"),
        ("title: Information", "title: ¦3 #", "expected text, found the number 3"),
        ("title: Information", "title: ¦2.5 #", "expected text, found the number 2.5"),
        ("title: Information", "title: ¦false #", "expected text, found false"),
        ("title: Information", "title: ¦<b>", "text without < and >"),
        ("title: Information", "title: ¦" + 95 * "n", "expected 100 characters or fewer, found 102"),
        ("- log loss", "- ¦sigmoid", "found “sigmoid” again"),
        ("- log loss", "- ¦{log: loss}", "expected text, found a mapping"),
        ("- ε-tube", "- ¦ε-tube = slack", "found “slack” again; first at catalog.yaml:"),
        ("- slack = ξ", "- ¦slack = Hyperplane", "found “hyperplane” again; first at catalog.yaml:"),
        (
            "- slack = ξ",
            "- ¦slack =ξ",
            "expected a term, and after “ = ” each of its synonyms, such as anomaly",
        ),
        (
            "- slack = ξ",
            "- ¦' slack'",
            "expected a term, and after “ = ” each of its synonyms, such as anomaly",
        ),
        ("- slack = ξ", "- ¦7", "expected text, found the number 7"),
        ("version: 1", "version: ¦2", "expected 1, found the number 2"),
        ("version: 1", "version: ¦true", "expected 1, found “True”"),
        ("version: 1", "version: ¦1.0", "expected 1, found “1.0”"),
        ("version: 1", "version: 1\n¦5: x", "expected a word as key"),
        ("version: 1", "version: ¦!!int one", "expected what the tag"),
        ("base_path: /", "base_path: ¦hub", "a path that starts and ends with a slash"),
        ("Hub authors", "Hub¦: authors", "not valid YAML: mapping values are not allowed"),
        (NEEDS, "¦svm", "expected a list, found “svm”"),
        (NEEDS, "[svm, ¦pac]", "expected the slug of a topic, found “pac”; did you mean pca?"),
        (NEEDS, "[svm, ¦regression]", "expected another topic, found regression itself"),
        (NEEDS, "[pca, ¦pca]", "found “pca” again"),
        (NEEDS, "[¦1:30]", "found “1:30”"),
        (NEEDS, "¦!!set {svm}", "expected plain YAML, found the tag"),
        (NEEDS, "[pca, ¦\x01]", "found the control character U+0001"),
        (NEEDS, "[pca, ¦@]", "not valid YAML: while scanning"),
    ],
)
def test_a_mistake_is_told_at_its_place(old: str, new: str, words: str) -> None:
    text = swapped((old, new))
    index = text.index("¦")
    text = text.replace("¦", "")
    told = [line for line in mistakes(text) if words in line]
    assert len(told) == 1, mistakes(text)
    assert told[0].startswith(f"{place(text, index)}: ")


def test_circles_are_shown_from_start_to_end() -> None:
    text = swapped(("prerequisites: []", "prerequisites: [rnn]"), (" [linear-algebra]", " [regression]"))
    stack, calculus = mistakes(text)
    assert stack.startswith(f"{place(text, text.index('rnn]'))}: sections.0.topics.0.prerequisites.0: ")
    assert stack.endswith("found python-ml-stack → rnn → neural-networks → regression → python-ml-stack")
    assert calculus.startswith(place(text, text.index("regression]")))
    assert calculus.endswith("found calculus-optimization → regression → calculus-optimization")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = swapped(
        ("words:", "wrds:"),
        ("level: intermediate", "level: intermediat"),
        (NEEDS, "[regresion, regression, no]"),
        ("slug: pca", "slug: svm"),
        ("status: ready", "status: ready\n        status: ready"),
        ("title: Diffusion Models", "tittle: Diffusion Models"),
    )
    told = mistakes(text)
    assert sorted(line.split(": ")[1].rsplit(".", 1)[-1] for line in told) == [
        "0", "1", "2", "level", "slug", "status", "tittle", "wrds",
    ]  # fmt: skip
    lines = [int(line.split(":")[1]) for line in told]
    assert lines == sorted(lines)


def test_a_list_with_one_bad_item_is_not_called_empty_as_well() -> None:
    assert len(mistakes(swapped(("level: beginner", "level: begin")))) == 1
    assert "expected 1 or more, found 0" in mistakes("sections: []\n" + TEXT[: TEXT.index("sections:")])[0]


def test_a_missing_key_is_told_with_what_it_is_for() -> None:
    (told,) = mistakes(swapped(("        level: beginner\n", "")))
    assert told.endswith(
        "level: expected the key level, which is missing (How much a viewer has to bring along.)"
    )
    assert told.startswith(place(TEXT, TEXT.index("slug: python-ml-stack")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "catalog.yaml:1:1: catalog: expected version, hub and sections, found an empty file."),
        (
            "# only words\n",
            "catalog.yaml:1:1: catalog: expected version, hub and sections, found an empty file.",
        ),
        (
            "- version: 1\n",
            "catalog.yaml:1:1: catalog: expected a mapping with the keys version, hub, sections, ",
        ),
        (
            "svm\n",
            "catalog.yaml:1:1: catalog: expected a mapping with the keys version, hub, sections, found “svm”",
        ),
        ("version: 1\n---\n", "catalog.yaml:2:1: not valid YAML: expected a single document"),
        ("version: 1\n\thub: 1\n", "catalog.yaml:2:1: not valid YAML"),
    ],
)
def test_a_text_that_is_no_catalog_at_all_is_refused_in_one_line(text: str, told: str) -> None:
    (line,) = mistakes(text)
    assert line.startswith(told)


def test_an_alias_to_itself_does_not_hang() -> None:
    assert any("found an alias" in line for line in mistakes("sections: &s [*s]\n"))


def test_a_file_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"nowhere.yaml: no such file\. Run from the project's root"):
        load_catalog(tmp_path / "nowhere.yaml")
    with pytest.raises(UsageFault, match=r"cannot be read: Is a directory"):
        load_catalog(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("version: 1\n# γ ï".encode() + b"\xef\n")
    with pytest.raises(UsageFault, match=r"latin.yaml:2:6: expected UTF-8, found the byte 0xef"):
        load_catalog(tmp_path / "latin.yaml")


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_fine(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load_catalog(tmp_path / "catalog.yaml") == CATALOG


def test_faults_name_the_file_as_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageFault, match=r"^sub/catalog.yaml: no such file"):
        load_catalog(tmp_path / "sub" / "catalog.yaml")


# Any slip of the hand, anywhere, is told at its place.


def nodes(node: yaml.Node | None) -> list[yaml.Node]:
    """``node`` and all values below it, as PyYAML's own parser (not libyaml, which is ours) sees them."""
    if isinstance(node, yaml.MappingNode):
        return [node, *(below for _, value in node.value for below in nodes(value))]
    if isinstance(node, yaml.SequenceNode):
        return [node, *(below for item in node.value for below in nodes(item))]
    assert node is not None
    return [node]


NODES = nodes(yaml.compose(TEXT, Loader=yaml.SafeLoader))
MAY_BE_NULL = {
    value.start_mark.index
    for node in NODES
    if isinstance(node, yaml.MappingNode)
    for key, value in node.value
    if key.value == "published"
    or (key.value == "line" and "words" in {other.value for other, _ in node.value})
}
"""Where the values of keys stand that may be left out."""
WRONG = {
    yaml.ScalarNode: ("[x]", "{x: y}", "3.5", "null", "true"),
    yaml.SequenceNode: ("text", "{x: y}", "3.5", "null", "true"),
    yaml.MappingNode: ("text", "[x]", "3.5", "null", "true"),
}
KEYS = [key for node in NODES if isinstance(node, yaml.MappingNode) for key, _ in node.value]


@st.composite
def slips(draw: st.DrawFn, word: str) -> str:
    """``word`` with one letter doubled, dropped, replaced, or swapped with the next."""
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    slip = draw(
        st.sampled_from(
            [
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    return slip if slip != word else word + "x"


@given(st.data())
def test_a_slip_in_any_key_is_told_there_with_the_right_key(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(KEYS))
    slip = data.draw(slips(key.value))
    start = key.start_mark.index
    told = mistakes(TEXT[:start] + slip + TEXT[key.end_mark.index :])
    assert len([line for line in told if line.startswith(f"{place(TEXT, start)}: ")]) == 1, told
    assert any(line.endswith(f"there is no key {slip} here; did you mean {key.value}?") for line in told)


@given(st.data())
def test_a_value_of_the_wrong_type_is_told_where_it_stands(data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(NODES))
    value = data.draw(st.sampled_from(WRONG[type(node)]))
    start, end = node.start_mark.index, node.end_mark
    assume(value != "null" or start not in MAY_BE_NULL)
    # A block ends where the next thing starts, whose line and indentation have to stay as they are.
    tail = "\n" + " " * end.column if TEXT[end.index - 1] in " \n" else ""
    told = mistakes(TEXT[:start] + value + tail + TEXT[end.index :])
    assert len([line for line in told if line.startswith(f"{place(TEXT, start)}: ")]) == 1, (value, told)


# The schema for editors.


def test_the_schema_on_disk_is_fresh() -> None:
    on_disk = (ROOT / "catalog.schema.json").read_text(encoding="utf-8")
    assert on_disk == catalog_schema(), "run: python -m scripts.schema"


def test_the_catalog_follows_its_schema_and_a_slip_does_not() -> None:
    schema = json.loads(catalog_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    plain = json.loads(json.dumps(yaml.safe_load(TEXT), default=str))  # JSON, as editors see it, has no days
    assert [error.message for error in validator.iter_errors(plain)] == []
    plain["sections"][0]["topics"][0]["tittle"] = plain["sections"][0]["topics"][0].pop("title")
    assert {error.validator for error in validator.iter_errors(plain)} == {"additionalProperties", "required"}


def test_every_key_of_the_schema_tells_an_editor_what_it_is_for() -> None:
    for name, model in json.loads(catalog_schema())["$defs"].items():
        assert all({"description", "$ref"} & set(key) for key in model["properties"].values()), name
        assert model["description"], name


def test_the_catalog_names_its_schema_for_editors() -> None:
    assert TEXT.splitlines()[0] == "# yaml-language-server: $schema=./catalog.schema.json"


def test_without_libyaml_nothing_is_read_by_another_parser() -> None:
    """PyYAML's own refuses two notes of the lessons."""
    script = "import yaml; del yaml.CSafeLoader; import render.core.yaml_record"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode and "EnvironmentFault: PyYAML was built without libyaml" in done.stderr
