"""What moves on a Hugo or Jekyll site: links that hold there follow, in the form that they had."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connect.vaults import vault_of

SECTION = {"content/old/_index.md": "---\ntitle: Old\n---\n"}
PAGES = {"content/old/leaf.md": "x\n", "content/old/pic.png": ""}


@pytest.mark.parametrize("section", [SECTION, {}], ids=["with _index.md", "without"])
@pytest.mark.parametrize(
    ("link", "moved"),
    [
        ("[a](/old/)", "[a](/x/new/)"),
        ("[a](/old)", "[a](/x/new)"),
        ("[a](/old/leaf/)", "[a](/x/new/leaf/)"),
        ("[a](/old/leaf/#part)", "[a](/x/new/leaf/#part)"),
        ("[a](../old/leaf/)", "[a](../x/new/leaf/)"),
        ("![a](/old/pic.png)", "![a](/x/new/pic.png)"),
        ('{{< ref "/old/leaf" >}}', '{{< ref "/x/new/leaf" >}}'),
    ],
)
def test_addresses_follow_a_folder(
    tmp_path: Path, section: dict[str, str], link: str, moved: str
) -> None:
    files = {"hugo.toml": "", **section, **PAGES, "content/posts/n.md": f"{link}\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        vault.edit.apply(vault.rename.move([("content/old", "content/x/new")]))
        assert vault.notes.text("content/posts/n.md") == f"{moved}\n"
        vault.edit.apply(vault.rename.move([("content/x/new", "content/old")]))
        assert vault.notes.text("content/posts/n.md") == f"{link}\n"


def test_a_path_out_of_the_pages_own_address_stays_one(tmp_path: Path) -> None:
    """`/n/` is shown as a folder of its own: `../old/` is `/old/`."""
    files = {"hugo.toml": "", **SECTION, **PAGES, "content/n.md": "[a](../old/) [b](../old/leaf)\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        vault.edit.apply(vault.rename.move([("content/old", "content/new")]))
        assert vault.notes.text("content/n.md") == "[a](../new/) [b](../new/leaf)\n"


REFS = {
    "content/posts/_index.md": '{{< relref "./first.md" >}} {{< ref "leaf" >}} [a](leaf/)\n',
    "content/posts/first.md": '{{< ref "leaf" >}} {{< ref "docs/guide" >}}\n',
    "content/posts/leaf/index.md": '[f]({{< ref "posts/first" >}}) {{< relref "first.md#x" >}}\n',
    "content/docs/guide.md": "x\n",
}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "content/posts/first.md",
            "content/docs/first.md",
            {
                "content/posts/_index.md": '{{< relref "../docs/first.md" >}} {{< ref "leaf" >}}',
                "content/posts/leaf/index.md": '[f]({{< ref "docs/first" >}})'
                ' {{< relref "first.md#x" >}}',
                "content/docs/first.md": '{{< ref "leaf" >}} {{< ref "docs/guide" >}}',
            },
        ),
        (
            "content/posts",
            "content/blog",
            {"content/blog/leaf/index.md": '[f]({{< ref "blog/first" >}}) {{< relref "first.md#x'},
        ),
        (
            "content/posts/leaf",
            "content/docs/leaf",
            {
                "content/posts/_index.md": '{{< ref "leaf" >}} [a](../docs/leaf/)',
                "content/docs/leaf/index.md": '[f]({{< ref "posts/first" >}})',
            },
        ),
    ],
)
def test_a_ref_is_a_path_of_its_page(
    tmp_path: Path, old: str, new: str, said: dict[str, str]
) -> None:
    with vault_of(tmp_path, {"hugo.toml": "", **REFS}) as vault:
        vault.edit.apply(vault.rename.move([(old, new)]))
        for path, text in said.items():
            assert text in vault.notes.text(path)
        vault.edit.apply(vault.rename.move([(new, old)]))
        assert {path: vault.notes.text(path) for path in REFS} == REFS


def test_a_ref_is_no_address(tmp_path: Path) -> None:
    """`/2024/leaf/` may be an address of the page; Hugo's `ref` knows none, and of two pages of one
    name neither."""
    files = {
        "content/posts/leaf/index.md": "x\n",
        "content/a/twin.md": "x\n",
        "content/b/twin.md": "x\n",
        "twin.md": "x\n",
        "content/n.md": '{{< ref "/2024/leaf" >}} {{< ref "./leaf" >}} {{< ref "twin" >}}'
        ' {{< ref "leaf" >}} {{< ref "posts/leaf" >}}\n',
    }
    with vault_of(tmp_path, {"hugo.toml": "", **files}) as vault:
        found = [(link.status, link.via) for link in vault.links.of("content/n.md")]
        assert found == [
            ("unresolved", None),
            ("unresolved", None),
            ("ambiguous", "name"),
            ("resolved", "name"),
            ("resolved", "path"),
        ]


ADDRESSED = {
    "content/posts/leaf/index.md": "[g](/docs/guide/)\n",
    "content/posts/first.md": '+++\naliases = ["/old/"]\n+++\n[g](/docs/guide/) [s](../leaf/)\n',
    "content/docs/guide.md": "[f](/posts/first/) [o](/old/) [s](/posts/leaf/)\n",
}


def test_a_page_that_becomes_a_bundle_keeps_its_address(tmp_path: Path) -> None:
    with vault_of(tmp_path, {"hugo.toml": "", **ADDRESSED}) as vault:
        move = ("content/posts/first.md", "content/posts/first/index.md")
        vault.edit.apply(vault.rename.move([move]))
        assert vault.notes.text("content/docs/guide.md") == ADDRESSED["content/docs/guide.md"]


def test_an_address_of_a_merged_page_is_that_of_the_other(tmp_path: Path) -> None:
    """Nobody is shown `index` or `content/`."""
    with vault_of(tmp_path, {"hugo.toml": "", **ADDRESSED}) as vault:
        vault.edit.apply(vault.rename.merge("content/docs/guide.md", "content/posts/leaf/index.md"))
        assert "[g](/posts/leaf/)" in vault.notes.text("content/posts/first.md")
    (tmp_path / "b").mkdir()
    with vault_of(tmp_path / "b", {"hugo.toml": "", **ADDRESSED}) as vault:
        vault.edit.apply(vault.rename.merge("content/posts/first.md", "content/docs/guide.md"))
        text = vault.notes.text("content/docs/guide.md")
        assert "[f](/docs/guide/) [o](/docs/guide/) [s](/posts/leaf/)" in text


JEKYLL = "url: https://me.example\nbaseurl: /blog\npermalink: /:year/:month/:day/:title/\n"
SITE = "https://me.example/blog"


@pytest.mark.parametrize(
    ("link", "moved"),
    [
        ("[a](/2023/02/03/sea/)", "[a](/2024/10/03/lake/)"),
        ("[a](/2023/2/3/sea/#x)", "[a](/2024/10/3/lake/#x)"),
        ("[a](/2023/02/sea.html)", "[a](/2024/10/lake.html)"),
        ("[a](/notes/2023/sea/)", "[a](/notes/2024/lake/)"),
        ("[a](/sea/)", "[a](/lake/)"),
        (f"[a]({SITE}/2023/02/03/sea/)", f"[a]({SITE}/2024/10/03/lake/)"),
        ("[a]({{ site.baseurl }}/2023/02/03/sea/)", "[a]({{ site.baseurl }}/2024/10/03/lake/)"),
        ("[a](/trips/2023/02/03/sea/)", "[a](/trips/2024/10/03/lake/)"),
        ("{% post_url 2023-02-03-sea %}", "{% post_url 2024-10-03-lake %}"),
        ("[a](/old-sea/)", "[a](/old-sea/)"),
    ],
)
def test_the_dated_address_of_a_post_follows(tmp_path: Path, link: str, moved: str) -> None:
    post = "---\ncategories: trips\nredirect_from: /old-sea/\n---\n"
    files = {"_config.yml": JEKYLL, "_posts/2023-02-03-sea.md": post, "n.md": f"{link}\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        move = "_posts/2023-02-03-sea.md", "_posts/2024-10-03-lake.md"
        vault.edit.apply(vault.rename.move([move]))
        assert vault.notes.text("n.md") == f"{moved}\n"


def test_the_date_of_an_address_is_the_posts_own(tmp_path: Path) -> None:
    """Jekyll takes it from the properties where they have one."""
    files = {
        "_config.yml": JEKYLL,
        "_posts/2023-02-03-sea.md": "---\ndate: 2023-02-05\n---\n",
        "n.md": "[a](/2023/02/05/sea/)\n",
    }
    with vault_of(tmp_path, dict(files)) as vault:
        move = "_posts/2023-02-03-sea.md", "_posts/2023-02-04-sea.md"
        vault.edit.apply(vault.rename.move([move]))
        assert vault.notes.text("n.md") == "[a](/2023/02/05/sea/)\n"


def test_a_link_that_holds_by_a_permalink_stays(tmp_path: Path) -> None:
    page = "---\npermalink: /about/\n---\n"
    files = {"_config.yml": JEKYLL, "about.md": page, "n.md": "[a](/about/) [b](about.md)\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        vault.edit.apply(vault.rename.move([("about.md", "pages/us.md")]))
        assert vault.notes.text("n.md") == "[a](/about/) [b](pages/us.md)\n"


LEAF = "content/posts/leaf"


@pytest.mark.parametrize(
    ("path", "said", "new", "moved"),
    [
        (f"{LEAF}/index.md", "leaf", "tree", (LEAF, "content/posts/tree")),
        (f"{LEAF}/index.md", "posts/leaf", "content/tree.md", (LEAF, "content/tree")),
        (f"{LEAF}/index.md", "leaf", "content/tree/index.md", (LEAF, "content/tree")),
        (f"{LEAF}/_index.md", "leaf", "tree", (LEAF, "content/posts/tree")),
        (f"{LEAF}/index.md", "Old", "tree", (f"{LEAF}/index.md", f"{LEAF}/tree.md")),
        (
            f"{LEAF}/index.md",
            *(f"{LEAF}/index.md", "content/x.md", (f"{LEAF}/index.md", "content/x.md")),
        ),
    ],
)
def test_a_note_that_is_called_by_its_folder_is_that_folder(
    tmp_path: Path, path: str, said: str, new: str, moved: tuple[str, str]
) -> None:
    files = {"hugo.toml": "", "content/n.md": "", path: "---\ntitle: Old\n---\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        old = vault.rename.file_or_folder(said)
        assert (old, vault.rename.new_path(old, new, in_folder="/" not in said)) == moved


def test_a_bundle_takes_its_pictures_and_its_title_along(tmp_path: Path) -> None:
    files = {
        "content/leaf/index.md": "---\ntitle: Leaf\n---\n![](pic.png)\n",
        "content/leaf/pic.png": "",
        "content/n.md": "[a](/leaf/)\n",
    }
    with vault_of(tmp_path, {"hugo.toml": "", **files}) as vault:
        vault.edit.apply(vault.rename.move([("content/leaf", "content/tree")], title=True))
        text = vault.notes.text("content/tree/index.md")
        assert text == "---\ntitle: tree\n---\n![](pic.png)\n"
        assert vault.notes.text("content/n.md") == "[a](/tree/)\n"


@pytest.mark.parametrize(
    ("said", "new", "path"),
    [
        ("sea", "lake", "_posts/2023-02-03-lake.md"),
        ("sea", "2024-01-01-lake", "_posts/2024-01-01-lake.md"),
        ("_posts/2023-02-03-sea.md", "_posts/trips/lake.md", "_posts/trips/2023-02-03-lake.md"),
        ("sea", "_drafts/lake", "_drafts/lake.md"),
        ("about", "us", "us.md"),
    ],
)
def test_a_post_keeps_its_date(tmp_path: Path, said: str, new: str, path: str) -> None:
    """Without one, Jekyll shows no post."""
    files = {"_config.yml": JEKYLL, "_posts/2023-02-03-sea.md": "x\n", "about.md": "x\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        old = vault.rename.file_or_folder(said)
        assert vault.rename.new_path(old, new, in_folder="/" not in said) == path


GUIDE = "+++\ntitle = 'Guide'\n+++\n## Set up\nx\n\n## Install\ny\n"
ADDRESSES = "[a](/docs/guide/) [b](/docs/guide/) [c](/docs/guide/#install)\n"


@pytest.mark.parametrize(
    ("heading", "link"),
    [
        ("Install", "[Install](/docs/install/)"),
        ("Set up", '[Set up]({{< ref "/docs/Set up" >}})'),
    ],
)
def test_an_extracted_page_is_linked_by_its_address(
    tmp_path: Path, heading: str, link: str
) -> None:
    files = {"hugo.toml": "", "content/docs/guide.md": GUIDE, "content/n.md": ADDRESSES}
    with vault_of(tmp_path, dict(files)) as vault:
        old = "content/docs/guide.md"
        new = vault.rename.new_path(old, heading, called=heading)
        vault.edit.apply(vault.rename.extract(old, heading, new))
        assert link in vault.notes.text(old)


def test_what_is_extracted_from_a_bundle_lies_beside_it(tmp_path: Path) -> None:
    """A second Markdown file in a bundle is no page."""
    files = {"hugo.toml": "", "content/docs/guide/index.md": GUIDE}
    with vault_of(tmp_path, dict(files)) as vault:
        new = vault.rename.new_path("content/docs/guide/index.md", "Install", called="Install")
        assert new == "content/docs/Install.md"


def test_an_extracted_post_has_a_date_and_is_linked_by_post_url(tmp_path: Path) -> None:
    old = "_posts/2023-02-03-sea.md"
    files = {"_config.yml": JEKYLL, old: "---\nlayout: post\n---\n## Big Waves\nx\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        new = vault.rename.new_path(old, "Big Waves", called="Big Waves")
        assert new == "_posts/2023-02-03-big-waves.md"
        vault.edit.apply(vault.rename.extract(old, "Big Waves", new))
        assert "[Big Waves]({% post_url 2023-02-03-big-waves %})" in vault.notes.text(old)


PICTURED = {
    "content/posts/leaf/index.md": '{{< figure src="pic.png" >}}'
    ' {{< figure link="/n/" src=pic.png >}}'
    ' {{< figure src="https://x.example/a.png" >}} {{< youtube src="abc" >}}\n',
    "content/posts/leaf/pic.png": "",
    "content/posts/first.md": "![](../leaf/pic.png)\n",
    "content/n.md": "x\n",
}


def test_pictures_of_a_page_follow(tmp_path: Path) -> None:
    """By `figure`, and relative to the page's own address (`/posts/first/`)."""
    with vault_of(tmp_path, {"hugo.toml": "", **PICTURED}) as vault:
        assert not [p for p in vault.links.check() if p.code.startswith("unresolved")]
        move = "content/posts/leaf/pic.png", "content/posts/leaf/q.png"
        vault.edit.apply(vault.rename.move([move]))
        text = vault.notes.text("content/posts/leaf/index.md")
        assert text == PICTURED["content/posts/leaf/index.md"].replace("pic", "q")
        assert vault.notes.text("content/posts/first.md") == "![](../leaf/q.png)\n"
        vault.edit.apply(vault.rename.move([("content/posts/leaf", "content/leaf")]))
        assert vault.notes.text("content/posts/first.md") == "![](../../leaf/q.png)\n"
