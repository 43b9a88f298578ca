"""Unlinked mentions: where a name counts and where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connect.vaults import named, reopened, vault_of
from vaultdots.graph.mention_scanner import Scanner
from vaultdots.graph.mentions import Mentions
from vaultdots.graph.note_names import is_name, name_key
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import NoteText
from vaultdots.text.folding import fold

KUBERNETES = "---\naliases: [쿠버네티스]\n---\n# Kubernetes\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("쿠버네티스를 배웠다", ["쿠버네티스"]),
        ("쿠버네티스에서는 다르다", ["쿠버네티스"]),
        ("쿠버 네티스", ["쿠버 네티스"]),
        ("kubernetes와 KUBERNETES", ["kubernetes", "KUBERNETES"]),
        ("(Kubernetes) “Kubernetes”, *Kubernetes*", ["Kubernetes"] * 3),
        ("Kubernetes's API", ["Kubernetes"]),
        ("Kubernetes/쿠버네티스", ["Kubernetes", "쿠버네티스"]),
        ("쿠버네티스API", ["쿠버네티스"]),
        ("| Kubernetes | x |\n|---|---|\n| 쿠버네티스 | y |", ["Kubernetes", "쿠버네티스"]),
        # another word, an identifier, a handle
        ("쿠버네티스트", []),
        ("미쿠버네티스", []),
        ("kubernetesio my-kubernetes kubernetes-client @kubernetes", []),
        ("kubernetes_x x_kubernetes kubernetes.yaml [^kubernetes]", []),
        # no prose
        ("`Kubernetes` ``a Kubernetes``", []),
        ("```\nKubernetes\n```", []),
        ("    Kubernetes in indented code", []),
        ("$Kubernetes$ and $$\nKubernetes\n$$", []),
        ("[[Kubernetes]] [[x|Kubernetes]] ![[Kubernetes]]", []),
        ("[Kubernetes](note.md) ![Kubernetes](x.png)", []),
        ("[Kubernetes](https://example.com)", []),
        ("<a href='https://x.y'>Kubernetes</a>", []),
        ("https://example.com/Kubernetes <https://x.y/Kubernetes>", []),
        ("#Kubernetes", []),
        ("%% Kubernetes %% <!-- Kubernetes -->", []),
        ("<div>\nKubernetes\n</div>", []),
        ("{{< x Kubernetes >}} {% Kubernetes %}", []),
        ("---\ntitle: Kubernetes\n---\nx", []),
    ],
)
def test_where_a_name_counts(tmp_path: Path, text: str, words: list[str]) -> None:
    files: dict[str, str | bytes] = {"Kubernetes.md": KUBERNETES, "note.md": text + "\n"}
    with vault_of(tmp_path, files) as vault:
        assert [found for found, _ in named(vault, "note.md")] == words


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Gaussian Process", "Gaussian processes are slow", ["Gaussian processes"]),
        ("Gaussian Process", "a gaussian-process prior", ["gaussian-process"]),
        ("Random Forests", "one random forest", ["random forest"]),
        ("WebSocket", "websockets, WebSocketsX", ["websockets"]),
        ("Query", "two queries", ["queries"]),
        ("DAG", "DAGs, dags, DAGS, Dagmar", ["DAGs"]),
        ("PR", "PRs를 열었다. Prs prs", ["PRs"]),
        ("Go", "Go로 짰고 Go 언어를 쓰는데 go", ["Go", "Go"]),
        ("Go", "Go there. go to work. Going 하다", []),
        ("Process", "processed", []),
    ],
)
def test_english_names_change_their_form(
    tmp_path: Path, title: str, text: str, words: list[str]
) -> None:
    files: dict[str, str | bytes] = {f"{title}.md": "x\n", "note.md": text + "\n"}
    with vault_of(tmp_path, files) as vault:
        assert [found for found, _ in named(vault, "note.md")] == words


def test_a_name_as_it_is_written_comes_before_one_that_is_bent(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "data logger.md": "x\n",
        "data-logger.md": "x\n",
        "note.md": "a data-logger and a data logger\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert named(vault, "note.md") == [
            ("data-logger", "data-logger.md"),
            ("data logger", "data logger.md"),
        ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Most of the spring went into our rate\nlimiting service.", ["rate\nlimiting"]),
        ("Rate\nLimiting\nKafka", []),
        ("Most of the spring went into our rate\n\nlimiting service.", []),
        ("- most of the spring went into our rate\n- limiting service", []),
    ],
)
def test_a_name_may_be_wrapped(tmp_path: Path, text: str, words: list[str]) -> None:
    files: dict[str, str | bytes] = {"Rate Limiting.md": "x\n", "note.md": text + "\n"}
    with vault_of(tmp_path, files) as vault:
        assert [found for found, _ in named(vault, "note.md")] == words
        plan = vault.edit.connect(vault.connect("note.md"))
        assert all("\n" not in edit.after for edit in plan.edits[:-1])
        vault.edit.apply(plan.change)
        assert vault.notes.text("note.md").startswith(text), "no link goes over a line's end"


def test_a_plural_s_own_note_comes_before_the_singular_s(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Plugin.md": "x\n",
        "Plugins.md": "x\n",
        "note.md": "plugins, a plugin\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert named(vault, "note.md") == [("plugins", "Plugins.md"), ("plugin", "Plugin.md")]


def test_the_longest_name_wins(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Redis.md": "# Redis\n",
        "Redis Cluster.md": "# Redis Cluster\n",
        "note.md": "Redis Cluster on Redis\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert named(vault, "note.md") == [
            ("Redis Cluster", "Redis Cluster.md"),
            ("Redis", "Redis.md"),
        ]


def test_decomposed_hangul_is_found_where_it_stands(tmp_path: Path) -> None:
    from unicodedata import normalize

    text = normalize("NFD", "나는 쿠버네티스를 배웠다\n")
    files: dict[str, str | bytes] = {"Kubernetes.md": KUBERNETES, "note.md": text}
    with vault_of(tmp_path, files) as vault:
        (mention,) = vault.links.mentions_of("Kubernetes")
        assert normalize("NFC", mention.text) == "쿠버네티스"
        assert text[mention.start : mention.end] == mention.text
        assert mention.column == len(normalize("NFD", "나는 ")) + 1


def test_a_name_of_two_notes_means_the_nearest(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a/배치.md": "# 배치\n",
        "b/배치.md": "# 배치\n",
        "b/note.md": "배치를 돌렸다\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert named(vault, "b/note.md") == [("배치", "b/배치.md")]
        assert len(vault.links.mentions_of("a/배치.md")) == 1


def test_a_word_that_the_whole_vault_uses_is_no_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{n}.md": "오늘 배포를 했다\n" for n in range(20)}
    files["배포.md"] = "# 배포\n"
    with vault_of(tmp_path, files) as vault:
        assert vault.links.mentions_of("배포") == []


def test_a_folder_note_is_called_as_its_folder(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"f{n}/README.md": f"# 제목 {n}\n" for n in range(6)}
    files["event-loop/README.md"] = "# 이벤트 루프 정리\n"
    files["f0/README.md"] = "# 제목 0\nthe Event Loop is one\n"
    with vault_of(tmp_path, files) as vault:
        assert named(vault, "f0/README.md") == [("Event Loop", "event-loop/README.md")]


def test_a_note_is_called_as_another_note_glosses_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "rl.md": "# Reinforcement Learning\n",
        "bp.md": "# Backpropagation\n",
        "note.md": "강화학습은 어렵다. 역전파는 쉽다.\n",
        "gloss.md": "강화 학습(Reinforcement Learning)과 역전파(backpropagation)를 읽었다.\n",
    }
    with vault_of(tmp_path, files) as vault:
        # One note alone says 역전파, and it neither sounds alike nor goes word by word.
        assert named(vault, "note.md") == [("강화학습", "rl.md")]
    (tmp_path / "vault" / "more.md").write_text("Backpropagation(역전파)\n", encoding="utf-8")
    with reopened(tmp_path) as vault:
        assert named(vault, "note.md") == [("강화학습", "rl.md"), ("역전파", "bp.md")]
    (tmp_path / "vault" / "gloss.md").unlink()
    with reopened(tmp_path) as vault:
        assert named(vault, "note.md") == []


def test_tags_count_only_when_asked(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Redis.md": "---\ntags: [캐싱]\n---\n# Redis\n",
        "note.md": "캐싱을 배웠다\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert vault.links.mentions_of("Redis") == []
        assert [m.text for m in vault.links.mentions_of("Redis", tags=True)] == ["캐싱"]


NOTES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]),
    st.tuples(
        st.sampled_from(
            [
                "Redis",
                "Redis Cluster",
                "레디스",
                "트랜잭션 격리",
                "note 1",
                "Kafka",
                "Message Queue",
            ]
        ),
        st.lists(
            st.sampled_from(
                [
                    "Redis",
                    "redis cluster",
                    "레디스를",
                    "트랜잭션격리가",
                    "[[a]]",
                    "`Redis`",
                    "kafka",
                    "메시지 큐(message queue)",
                    "메시지 큐",
                ]
            ),
            max_size=6,
        ),
    ),
    min_size=1,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(NOTES, min_size=2, max_size=4))
def test_incremental_equals_from_nothing(states: list[dict[str, tuple[str, list[str]]]]) -> None:
    """For all histories of a vault: what is found a change at a time is what one pass finds."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "vault").mkdir()
        for state in states:
            for path in (folder / "vault").glob("*.md"):
                if path.stem not in state:
                    path.unlink()
            for stem, (title, words) in state.items():
                text = f"# {title}\n\n{' '.join(words)}\n"
                (folder / "vault" / f"{stem}.md").write_text(text, encoding="utf-8")
            with reopened(folder) as vault:
                kept = everything(vault.catalog)
        other = folder / "other"
        with reopened(folder) as vault:
            environ = {"DOTS_CACHE": str(other), "DOTS_DATA": str(other)}
            with type(vault).open(folder / "vault", environ=environ) as fresh:
                assert kept == everything(fresh.catalog)


def everything(catalog: Catalog) -> tuple[object, ...]:
    mentions = Mentions(catalog)
    words = {word: mentions.rows.word_notes(word) for word in sorted(mentions.rows.card_words())}
    return ([mention[:5] for mention in mentions.all()], words)


@pytest.mark.slow
@given(st.text(max_size=40))
def test_folding_knows_the_way_back(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.origin(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[index] in fold(text[start:end]).text


_PIECES = st.sampled_from(
    ["query", "queries", "random", "forests", "forest", "트랜잭션", "격리", "-", " ", "\n", "s",
     "y", "Go", "p", "value", "가", "é", "를", "c#", "data", "일지도"]
)  # fmt: skip


@given(
    st.lists(st.lists(_PIECES, min_size=1, max_size=4).map("".join), max_size=6),
    st.lists(_PIECES, max_size=12).map("".join),
)
def test_a_scanner_of_a_few_texts_finds_what_one_of_all_names_finds(
    names: list[str], text: str
) -> None:
    keys = {key for name in names if is_name(key := name_key(name), name)}
    words = {"query", "forest", "격리", "트랜잭션", "가", "data"}
    note = NoteText(1, text, [], [(0, 0)], [], [])
    found = Scanner(keys, words).scan(note)
    assert Scanner.of_texts(sorted(keys), words, [text, "random"]).scan(note) == found
