"""Many files of one name, many headings of one note: the answers stay those of the plain rules, and
what a link costs does not grow with the vault."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.graph.candidates import Candidate, Candidates, path_key
from vaultdots.graph.links import Resolver
from vaultdots.graph.outline import Outline
from vaultdots.graph.resolve import Names, resolve
from vaultdots.note.headings import heading_keys
from vaultdots.store.answers import SectionRow
from vaultdots.text.names import name_key

folders = st.lists(st.sampled_from(["가", "b", "B"]), max_size=3).map("/".join)


def readme(folder: str) -> Candidate:
    path = f"{folder}/README.md" if folder else "README.md"
    return Candidate("readme", "name", path, "note", "obsidian", excluded=False)


def names_of(candidates: list[Candidate]) -> Names:
    return Names(lambda key: Candidates(c for c in candidates if c.key == key))


@given(st.lists(folders, unique_by=name_key), folders, folders)
def test_a_name_of_many_files_means_the_own_folders_else_the_shortest(
    holders: list[str], written: str, source: str
) -> None:
    names = names_of([readme(folder) for folder in holders])
    target = f"{written}/README" if written else "README"
    got = resolve(target, "wiki", f"{source}/x.md" if source else "x.md", names)
    paths = [readme(folder).path for folder in holders]
    ends = [p for p in paths if ("/" + path_key(p)).endswith("/" + path_key(target))]
    exact = [p for p in ends if path_key(p) == path_key(target)]
    here = [p for p in ends if p.rpartition("/")[0] == source]
    wanted = exact or here or [p for p in ends if len(p) == min(map(len, ends))]
    # Of equal ones the spelling as written.
    wanted = [p for p in wanted if ("/" + p).endswith(f"/{target}.md")] or wanted
    assert got.target == (min(wanted) if wanted else None)
    assert got.status == (
        "unresolved" if not wanted else "ambiguous" if len(wanted) > 1 else "resolved"
    )


TARGETS = ["README", "../README", "b/README.md", "/README", "./README.md", "other", "Alias", "."]


@given(
    st.lists(folders, unique_by=name_key),
    st.lists(st.tuples(st.sampled_from(TARGETS), folders, st.sampled_from(["wiki", "markdown"]))),
    st.sampled_from(["obsidian", "hugo"]),
)
def test_what_was_found_for_one_note_is_not_taken_for_one_of_another_folder(
    holders: list[str], asked: list[tuple[str, str, str]], dialect: str
) -> None:
    candidates = [readme(folder) for folder in holders]
    candidates += [one._replace(key="alias", via="alias") for one in candidates[:2]]
    known = Known(candidates)
    resolver = Resolver(known)  # type: ignore[arg-type]
    for target, folder, lookup in asked:
        source = f"{folder}/x.md" if folder else "x.md"
        wanted = resolve(target, lookup, source, names_of(candidates), dialect)
        assert resolver.resolve_name(target, lookup, source, dialect) == wanted


class Known:
    """A catalog as far as names are asked for."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self.candidates = candidates

    def names_by_key(self, key: str) -> list[Candidate]:
        return [one for one in self.candidates if one.key == key]


@pytest.mark.parametrize("link", ["/회고/2024/", "/회고/2024.html", "/회고/2024/index.html"])
def test_a_site_s_address_names_the_note_that_is_shown_there(link: str) -> None:
    shown = Candidate("회고/2024", "url", "_posts/x.md", "note", "jekyll", excluded=False)
    found = resolve(link, "markdown", "a.md", names_of([shown]), "jekyll")
    assert (found.target, found.via, found.status) == ("_posts/x.md", "url", "resolved")
    assert resolve(link, "markdown", "a.md", names_of([shown])).target is None
    assert resolve("2024", "wiki", "a.md", names_of([shown]), "jekyll").target is None


def section(ordinal: int, level: int, name: str) -> SectionRow:
    keys = tuple(heading_keys(name, name))
    return SectionRow(ordinal, 1, ordinal, level, (name,), keys, 0, ordinal, ordinal, 0, 0)


def plain_find(sections: list[SectionRow], chain: tuple[str, ...], start: int, level: int) -> int:
    """The rule said directly: the ordinal, -1 where there is none."""
    for index in range(start, len(sections)):
        if sections[index].level <= level:
            break
        if sections[index].headings[-1] == chain[0]:
            if len(chain) == 1:
                return index
            found = plain_find(sections, chain[1:], index + 1, sections[index].level)
            if found >= 0:
                return found
    return -1


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from("가나다"))),
    st.lists(st.sampled_from("가나다"), min_size=1, max_size=3).map(tuple),
)
def test_a_chain_names_the_first_heading_under_the_one_before(
    heads: list[tuple[int, str]], chain: tuple[str, ...]
) -> None:
    sections = [section(index, level, name) for index, (level, name) in enumerate(heads)]
    found = Outline(sections).find(chain)
    assert (-1 if found is None else found) == plain_find(sections, chain, 0, 0)


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work takes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def paths_to_each(count: int) -> None:
    known = Candidates(readme(f"a/t{n}") for n in range(count))
    names = Names(lambda key: known if key == "readme" else Candidates())
    for n in range(count):
        link = f"../t{n}/README.md"
        assert resolve(link, "markdown", "a/b/x.md", names).target == f"a/t{n}/README.md"
        assert resolve(f"t{n}/README", "wiki", "x.md", names).target == f"a/t{n}/README.md"


def names_from_elsewhere(count: int) -> None:
    known = Candidates(readme(f"t{n}") for n in range(count))
    names = Names(lambda key: known if key == "readme" else Candidates())
    for n in range(count):
        assert resolve("README", "wiki", f"s{n}/x.md", names).target == "t0/README.md"


def headings_of_a_hub(count: int) -> None:
    heading_keys.cache_clear()
    outline = Outline([section(n, 1, f"머리 {n}") for n in range(count)])
    for n in range(count):
        assert outline.find((f"머리 {n}",)) == n


@pytest.mark.parametrize(
    "work", [paths_to_each, names_from_elsewhere, headings_of_a_hub], ids=lambda w: w.__name__
)
def test_twice_the_files_cost_about_twice_the_calls(work: Callable[[int], None]) -> None:
    assert calls(lambda: work(400)) < 2.5 * calls(lambda: work(200))
