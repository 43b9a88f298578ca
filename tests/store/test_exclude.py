"""What a person's own rules leave out."""

from __future__ import annotations

import pytest

from vaultdots.errors import ConfigError
from vaultdots.store.exclude import Exclusions


@pytest.mark.parametrize(
    ("rule", "path", "out"),
    [
        # Obsidian's: a path prefix, without case
        ("Archive/", "archive/2020/a.md", True),
        ("Archive/", "b/Archive/a.md", False),
        ("/Archive", "Archive.md", True),
        ("회고/초안", "회고/초안.md", True),
        # or a regular expression between slashes, anywhere in the path
        ("/^temp/", "Temp/a.md", True),
        ("/\\.draft\\.md$/", "a/b.draft.md", True),
        ("/\\.draft\\.md$/", "a/b.draft.mdx", False),
        ("/[[]a/", "[a.md", True),
        # nothing is no rule
        ("", "a.md", False),
        ("/", "a.md", False),
        ("//", "a.md", False),
    ],
)
def test_obsidian_filters(rule: str, path: str, out: bool) -> None:
    assert Exclusions([rule]).excludes(path) is out


@pytest.mark.parametrize(
    ("pattern", "path", "out"),
    [
        ("*.draft.md", "a/b/x.draft.md", True),
        ("a/*.md", "a/x.md", True),
        ("a/*.md", "a/b/x.md", False),
        ("a/*.md", "b/a/x.md", False),
        ("a/**/x.md", "a/x.md", True),
        ("a/**/x.md", "a/b/c/x.md", True),
        ("a/**", "a/b/c.md", True),
        ("/top.md", "top.md", True),
        ("drafts/", "drafts/a/b.md", True),
        ("drafts/", "x/drafts/b.md", True),
        ("drafts/", "drafts.md", False),
        ("n?te.md", "note.md", True),
        ("n?te.md", "n/te.md", False),
        ("[a-c].md", "b.md", True),
        ("[!a-c].md", "b.md", False),
        ("[!a-c].md", "d.md", True),
        ("[[]x.md", "[x.md", True),
        ("[^x].md", "^.md", True),
        ("a+(b).md", "a+(b).md", True),
        ("[]", "[]", True),
    ],
)
def test_globs(pattern: str, path: str, out: bool) -> None:
    assert Exclusions([], [pattern]).excludes(path) is out


@pytest.mark.parametrize("rule", ["/(/", "/a{99999999999999999999}/", "/" + "(" * 20_000 + "/"])
def test_an_expression_that_cannot_be_read_is_left_out_and_told(rule: str) -> None:
    exclusions = Exclusions([rule, "Archive/", ""])
    (problem,) = exclusions.problems
    assert problem.startswith(f"userIgnoreFilters: {rule[:20]}")
    assert "\n" not in problem
    assert len(problem) < 300
    assert exclusions.excludes("Archive/a.md")
    assert not exclusions.excludes("a.md")


def test_a_glob_that_cannot_be_read_is_one_line() -> None:
    with pytest.raises(ConfigError, match="z-a") as caught:
        Exclusions([], ["[z-a].md"])
    assert caught.value.place == "dots.toml"


def test_decomposed_rules_mean_composed_paths() -> None:
    from unicodedata import normalize

    for rule in ("회고/", "/회고/", "/^회고/"):
        assert Exclusions([normalize("NFD", rule)]).excludes("회고/a.md")


def test_rules_that_differ_have_other_fingerprints() -> None:
    assert Exclusions(["a"]).fingerprint != Exclusions([], ["a"]).fingerprint
