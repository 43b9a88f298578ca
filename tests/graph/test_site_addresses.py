"""Links to the own site's addresses, as blogs write them, name notes of the vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultdots.vault import Vault

POST = "---\ntitle: First\n---\n# First\n"


def targets(root: Path, files: dict[str, str], source: str) -> dict[str, str | None]:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with Vault.open(root) as vault:
        vault.sync()
        return {link.raw: link.target for link in vault.links.of(source)}


@pytest.mark.parametrize(
    ("address", "note"),
    [
        ("/blog/2010/01/16/first_post/", "2010-01-16-first_post.md"),
        ("/blog/first_post", "2010-01-16-first_post.md"),
        ("/posts/first_post.html", "2010-01-16-first_post.md"),
        ("{{ site.baseurl }}/2010/01/16/first_post", "2010-01-16-first_post.md"),
        ('{{ "/2010/01/16/first_post" | relative_url }}', "2010-01-16-first_post.md"),
        ("/notes/short-name/", "content/long-file-name.md"),
        ("/somewhere/moved-here/", "content/permalinked.md"),
        ("/blog/2012/01/16/first_post/", None),  # another year's
        ("/tags/rust/", None),  # a list of pages
        ("/images/first_post.png", None),
        ("/folder/first_post.md", None),  # a file that is not there
    ],
)
def test_rooted_addresses(tmp_path: Path, address: str, note: str | None) -> None:
    files = {
        "2010-01-16-first_post.md": POST,
        "content/long-file-name.md": "---\nslug: short-name\n---\n",
        "content/permalinked.md": "---\npermalink: /somewhere/moved-here/\n---\n",
        "rust.md": "# Rust\n",
        "a.md": f"See [this]({address}).\n",
    }
    assert targets(tmp_path, files, "a.md") == {f"[this]({address})": note}


def test_a_page_beside_the_page(tmp_path: Path) -> None:
    files = {"posts/a.md": "# A\n", "posts/b.md": "[a](../a/) [c](../c.md)\n"}
    assert targets(tmp_path, files, "posts/b.md") == {
        "[a](../a/)": "posts/a.md",
        "[c](../c.md)": None,
    }


def test_whole_addresses_of_the_own_site(tmp_path: Path) -> None:
    files = {
        "2019-05-29-conf-2019.md": "# Conf\n",
        "2020-02-01-second.md": "# Second\n",
        "a.md": (
            "[x](https://www.example.org/blog/2019/05/29/conf-2019) <https://example.org/second/>"
            " [shop](https://example.org/store) [other](https://github.com/me/second)\n"
        ),
    }
    assert targets(tmp_path, files, "a.md") == {
        "[x](https://www.example.org/blog/2019/05/29/conf-2019)": "2019-05-29-conf-2019.md",
        "<https://example.org/second/>": "2020-02-01-second.md",
    }


def test_clippings_do_not_make_a_site_ours(tmp_path: Path) -> None:
    files = {
        f"clip-{n}.md": f"From <https://example.net/2020/clip-{n}>\n" for n in ("one", "two")
    } | {"a.md": "[x](https://example.net/2020/clip-one)\n"}
    # Two notes name the page that they were cut from, and one link of another is no majority.
    files["a.md"] += "[y](https://example.net/else) [z](https://example.net/more)\n"
    assert targets(tmp_path, files, "a.md") == {}


def test_what_is_ours_does_not_depend_on_the_order_of_syncs(tmp_path: Path) -> None:
    first = {"a.md": "[x](https://example.org/one-post) [y](https://example.org/two-posts)\n"}
    assert targets(tmp_path, first, "a.md") == {}
    later = {"one-post.md": "# One\n", "two-posts.md": "# Two\n"}
    assert set(targets(tmp_path, later, "a.md").values()) == {"one-post.md", "two-posts.md"}
