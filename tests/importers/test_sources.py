"""Hugo, Jekyll, Notion and plain folders → notes, by the rules of each system's own manual."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.corpora import CORPORA
from vaultdots.errors import UsageError
from vaultdots.importers import PlannedNote, kind_of, plan
from vaultdots.importers.htmlpage import read_html

PAGE_ID = "0123456789abcdef0123456789abcdef"
OTHER_ID = "fedcba9876543210fedcba9876543210"


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def notes(root: Path) -> dict[str, PlannedNote]:
    return {note.path: note for note in plan(root).notes}


def test_hugo_properties_bundles_and_links(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "hugo.toml": "",
            "content/_index.md": "+++\ntitle = 'Home'\n+++\n",
            "content/post/year/index.md": (
                '+++\ntitle = "2023년 회고"\ndate = 2024-01-02\ntags = ["회고", "hugo"]\ndraft = true\n+++\n'  # noqa: E501
                '## 일\n\n[쿠버네티스]({{< ref "post/k8s.md#설치" >}})와 [절대](/post/k8s/) '
                '{{< article link="/post/k8s/" >}} ![그림](a.png) ![정적](/img/b.png)\n'
            ),
            "content/post/year/a.png": "png",
            "content/post/lone/index.md": "---\ntitle: 홀로\n---\n글\n",
            "content/post/k8s.md": "---\ntitle: K8s # 주석\n---\n## 설치\n",
            "static/img/b.png": "png",
        },
    )
    planned = plan(tmp_path)
    assert planned.kind == "hugo"
    found = {note.path: note for note in planned.notes}
    assert set(found) == {"index.md", "post/year/year.md", "post/lone.md", "post/k8s.md"}
    year = found["post/year/year.md"]
    assert year.text.startswith(
        "---\ntitle: 2023년 회고\ndate: 2024-01-02\ntags:\n- 회고\n- hugo\ndraft: true\n"
        "source: post/year/index.md\n---\n"
    )
    assert year.year == 2023
    assert "[쿠버네티스](../k8s.md#설치)와 [절대](../k8s.md) [k8s](../k8s.md)" in year.text
    assert "![그림](a.png) ![정적](../../attachments/img/b.png)" in year.text
    assert "title: K8s # 주석\n" in found["post/k8s.md"].text
    assert {file.path for file in planned.files} == {"post/year/a.png", "attachments/img/b.png"}


def test_hugo_shortcodes(tmp_path: Path) -> None:
    text = (
        "+++\ntitle = 'a'\n+++\n"
        '{{< figure src="x.png" alt="그림" caption="설명" >}}\n\n{{< youtube abc123 >}}\n\n'
        "{{< highlight go >}}\nfmt.Println(`{{< ref x >}}`)\n{{< /highlight >}}\n\n"
        "{{< alert warning >}}\n조심\n{{< /alert >}}\n\n{{< mermaid >}}\n\n"
        "```md\n{{< figure src='y.png' >}}\n```\n"
    )
    note = notes(write(tmp_path, {"hugo.toml": "", "content/a.md": text}))["a.md"]
    assert "![그림](x.png)\n\n설명\n" in note.text
    assert "<https://www.youtube.com/watch?v=abc123>" in note.text
    assert "```go\nfmt.Println(`{{< ref x >}}`)\n```" in note.text
    assert "> [!warning]\n> 조심\n" in note.text
    assert "{{< mermaid >}}" in note.text
    assert "{{< figure src='y.png' >}}" in note.text
    assert note.warnings == ("1 shortcodes kept as written: mermaid",)


def test_links_are_those_that_the_index_sees(tmp_path: Path) -> None:
    text = (
        "---\ntitle: a\n---\n"
        "[정의][k]와 [꺾쇠](</post/k 8/>) [그림 ![x](/img/b.png)](/post/k8s/)\n\n"
        "`[코드](/post/k8s/)` <!-- [주석](/post/k8s/) -->\n\n"
        "    [들여 쓴 코드](/post/k8s/)\n\n[k]: /post/k8s/ 'K8s'\n"
    )
    files = {"hugo.toml": "", "content/a.md": text, "static/img/b.png": "png"}
    files |= {"content/post/k8s.md": "글\n", "content/post/k 8.md": "글\n"}
    note = notes(write(tmp_path, files))["a.md"]
    assert "[정의][k]와 [꺾쇠](<post/k%208.md>) " in note.text
    assert "[그림 ![x](attachments/img/b.png)](post/k8s.md)" in note.text
    assert "`[코드](/post/k8s/)`" in note.text
    assert "    [들여 쓴 코드](/post/k8s/)\n" in note.text
    assert note.text.endswith("[k]: post/k8s.md 'K8s'\n")


def test_a_callout_quotes_the_code_in_it(tmp_path: Path) -> None:
    text = "글\n\n{{< alert warning >}}\n조심\n```sh\nrm x\n\nls\n```\n{{< /alert >}}\n\n끝\n"
    note = notes(write(tmp_path, {"hugo.toml": "", "content/a.md": text}))["a.md"]
    assert "> [!warning]\n> 조심\n> ```sh\n> rm x\n> \n> ls\n> ```\n" in note.text
    assert "\n\n끝\n" in note.text


def test_jekyll_posts(tmp_path: Path) -> None:
    text = (
        "---\nlayout: post\ntitle: 2024년 회고\n---\n\n**한 해**\n{:.lead}\n\n* toc\n{:toc}\n\n"
        "## 일 {#work}\n\n[지난 글]({% post_url 2023-12-31-last %}) ![]({{ site.baseurl }}/assets/a.png)\n"  # noqa: E501
        "{% raw %}{{ 그대로 }}{% endraw %} {% include x.html %}\n\n"
        "{% highlight ruby %}\nputs '{:x}'\n{% endhighlight %}\n"
    )
    write(
        tmp_path,
        {
            "_config.yml": "title: x\n",
            "life/_posts/2024-12-21-this.md": text,
            "_posts/2023-12-31-last.md": "---\nlayout: post\n---\n글\n",
            "_includes/part.md": "---\n---\nx",
            "LICENSE.md": "MIT",
            "assets/a.png": "png",
        },
    )
    planned = plan(tmp_path)
    assert planned.kind == "jekyll"
    found = {note.path: note for note in planned.notes}
    assert set(found) == {"life/2024-12-21-this.md", "2023-12-31-last.md"}
    assert {skip.source for skip in planned.skipped} == {"LICENSE.md", "_includes/part.md"}
    this = found["life/2024-12-21-this.md"]
    assert "date: 2024-12-21\nsource: life/_posts/2024-12-21-this.md\n---\n" in this.text
    assert "**한 해**\n\n\n\n## 일\n" in this.text
    assert "[지난 글](../2023-12-31-last.md) ![](../attachments/assets/a.png)" in this.text
    assert "{{ 그대로 }} {% include x.html %}" in this.text
    assert "```ruby\nputs '{:x}'\n```" in this.text
    assert "title: last\n" in found["2023-12-31-last.md"].text
    assert [w for w in this.warnings if "Liquid" in w]


def test_notion_export(tmp_path: Path) -> None:
    page = (
        "# 2023 회고\n\n[책](2023%20%ED%9A%8C%EA%B3%A0%20"
        + PAGE_ID
        + "/%EC%B1%85%20"
        + OTHER_ID
        + ".csv)\n\n"
        "<aside>\n💡 중요\n</aside>\n\n## 일\n\n![그림](2023%20%ED%9A%8C%EA%B3%A0%20"
        + PAGE_ID
        + "/a.png)\n"
    )
    row = "# 오브젝트\n\n날짜: 2023년 5월 2일\n태그: 개발, 설계\n점수: 5\n\n좋은 책: 다시 읽자\n"
    base = f"2023 회고 {PAGE_ID}"
    write(
        tmp_path,
        {
            f"{base}.md": page,
            f"{base}/책 {OTHER_ID}.csv": '제목,날짜,태그,점수\n오브젝트,2023년 5월 2일,"개발, 설계",5\n없음,,a|b,\n',  # noqa: E501
            f"{base}/책 {OTHER_ID}/오브젝트 {PAGE_ID[::-1]}.md": row,
            f"{base}/a.png": "png",
        },
    )
    assert kind_of(tmp_path) == "notion"
    planned = plan(tmp_path)
    found = {note.path: note for note in planned.notes}
    assert set(found) == {"2023 회고.md", "2023 회고/책.md", "2023 회고/책/오브젝트.md"}
    review = found["2023 회고.md"]
    assert "[책](2023%20회고/책.md)" in review.text
    assert "![그림](2023%20회고/a.png)" in review.text
    assert "> [!note]\n> 💡 중요\n" in review.text
    assert review.year == 2023
    book = found["2023 회고/책/오브젝트.md"]
    assert book.text.startswith("---\ntitle: 오브젝트\ndate: 2023-05-02\n")
    assert "tags:\n- 개발\n- 설계\n점수: '5'\n" in book.text
    assert "\n# 오브젝트\n\n좋은 책: 다시 읽자\n" in book.text
    table = found["2023 회고/책.md"].text
    assert "| 제목 | 날짜 | 태그 | 점수 |\n| --- | --- | --- | --- |\n" in table
    assert "| [오브젝트](책/오브젝트.md) | 2023년 5월 2일 | 개발, 설계 | 5 |" in table
    assert "a\\|b" in table
    assert [file.path for file in planned.files] == ["2023 회고/a.png"]


def test_a_plain_folder_is_copied_verbatim(tmp_path: Path) -> None:
    text = "---\ntitle: 회고: 2023\n---\n[[다른 노트]] #태그\n"
    write(
        tmp_path, {"a/노트.md": text, "a/그림.png": "png", ".obsidian/app.json": "{}", ".x.md": "x"}
    )
    (tmp_path / "old.md").write_bytes("오래된 회고 글입니다. 반갑습니다.".encode("cp949"))
    (tmp_path / "link.md").symlink_to("a/노트.md")
    (tmp_path / "bin.md").write_bytes(b"\0\1\2")
    planned = plan(tmp_path)
    assert planned.kind == "folder"
    found = {note.path: note for note in planned.notes}
    assert found["a/노트.md"].text == text
    assert found["old.md"].text == "오래된 회고 글입니다. 반갑습니다."
    assert found["old.md"].warnings == ("encoding guessed: cp949",)
    assert {skip.source: skip.reason for skip in planned.skipped} == {
        "bin.md": "not a text",
        "link.md": "no regular file",
    }
    assert [file.path for file in planned.files] == ["a/그림.png"]


def test_texts_are_pages_in_a_folder_of_posts_and_attachments_in_a_vault(tmp_path: Path) -> None:
    posts = write(
        tmp_path / "posts", {"a.txt": "2022년 회고\n글이다.\n", "b.txt": "", "c.md": "글"}
    )
    assert set(notes(posts)) == {"2022년 회고.md", "b.md", "c.md"}
    vault = write(tmp_path / "vault", {"a.txt": "표", "note.md": "![[a.txt]]"})
    planned = plan(vault)
    assert [note.path for note in planned.notes] == ["note.md"]
    assert [file.path for file in planned.files] == ["a.txt"]


def test_line_ends_and_a_bom_are_the_authors(tmp_path: Path) -> None:
    data = "\ufeff# 제목\r\n\r\n글\u2028줄\r".encode()
    (tmp_path / "a.md").write_bytes(data)
    (note,) = plan(tmp_path).notes
    assert note.text.encode() == data
    assert [(e.heading, e.line) for e in note.sections] == [("제목", 1)]


def test_an_html_page_without_its_chrome() -> None:
    source = (
        '<html><head><title>회고 | 블로그</title><meta property="article:published_time" '
        'content="2023-12-31T10:00:00+09:00"><link rel="canonical" href="https://blog.example/2023"></head>'
        '<body><header>블로그<nav><a href="/">홈</a></nav></header><div id="cookie-banner">쿠키</div>'  # noqa: E501
        "<div class='layout'><div class='body'><h1>2023년 회고</h1><h2>일 <a class='anchor' href='#a'>#</a></h2>"  # noqa: E501
        + "<p>올해는 <b>이직</b>을 했다. 새 팀은 작고 빠르다. 하루가 짧아졌다.</p>"
        * 5
        + "<ul><li>하나<ul><li>둘</li></ul></li></ul><table><tr><th>책</th></tr><tr><td>가|나</td></tr></table>"  # noqa: E501
        "<pre><code class='language-python'>def f():\n    return 1\n</code></pre></div>"
        "<div class='share-buttons'>공유</div><div class='related-posts'><a href='/x'>다른 글</a></div></div>"  # noqa: E501
        "<footer>© 나</footer></body></html>"
    )
    page = read_html(source)
    assert (page.title, page.date, page.url) == (
        "2023년 회고",
        "2023-12-31",
        "https://blog.example/2023",
    )
    assert page.body.startswith("## 일\n\n올해는 **이직**을 했다.")
    assert "- 하나\n  - 둘\n" in page.body
    assert "| 가\\|나 |" in page.body
    assert "```python\ndef f():\n    return 1\n```" in page.body
    for chrome in ("홈", "쿠키", "공유", "다른 글", "© 나"):
        assert chrome not in page.body
    assert letters_of(page.body) == letters_of(page.text + "python")


def letters_of(text: str) -> list[str]:
    return sorted(c for c in text if c.isalnum())


def test_a_naver_page_in_its_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "naver.html"
    text = (
        '<html><head><meta charset="euc-kr"><meta property="og:title" content="2018년 회고 : 네이버 블로그">'  # noqa: E501
        '</head><body><span class="se_publishDate">2018. 12. 30. 21:00</span><div class="se-main-container">'  # noqa: E501
        '<div class="se-component se-sectionTitle"><p><span>회사</span></p></div>'
        "<p><span>올해는 </span><b>이직</b><span>을 했다. 펲시도 마셨다.</span></p></div>"
        '<a href="https://blog.naver.com/x">x</a></body></html>'
    )
    path.write_bytes(text.encode("cp949"))
    (note,) = plan(path).notes
    assert note.path == "2018년 회고.md"
    assert note.text == (
        "---\ntitle: 2018년 회고\ndate: 2018-12-30\nsource: naver.html\n---\n"
        "## 회사\n\n올해는 **이직**을 했다. 펲시도 마셨다.\n"
    )
    assert note.warnings == ("read as cp949, as the page declares",)


def test_bold_lines_of_an_html_page_are_headings(tmp_path: Path) -> None:
    path = tmp_path / "post.html"
    path.write_text(
        "<html><body><article><h1>2022년 회고</h1>"
        "<p><strong>1. 회사</strong></p><p>이직을 했다. 새로운 팀은 여섯 명이다.</p>"
        "<p><b>2. 독서</b></p><p>책을 열 권 읽었다.</p></article></body></html>",
        encoding="utf-8",
    )
    (note,) = plan(path).notes
    assert [(e.level, e.heading) for e in note.sections] == [(2, "1. 회사"), (2, "2. 독서")]


def test_hints_and_refusals(tmp_path: Path) -> None:
    page = (
        write(tmp_path, {"a.txt": "첫 줄 제목\n본문이 여기에 있다. 길게 쓴 본문이다.\n"}) / "a.txt"
    )
    (note,) = plan(page, title="2023년 회고", date="2023-12-31", url="https://x.example/").notes
    assert note.path == "2023년 회고.md"
    assert note.text.startswith(
        "---\ntitle: 2023년 회고\ndate: 2023-12-31\nsource: https://x.example/\n---\n# 첫 줄 제목\n"
    )
    for wrong in ({"source": tmp_path / "none"}, {"source": page, "date": "soon"},
                  {"source": page, "kind": "hugo"}, {"source": tmp_path, "title": "x"}):  # fmt: skip  # noqa: E501
        with pytest.raises(UsageError):
            plan(**wrong)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["blog-hugo-myeong", "blog-jekyll-klyhyeon", "blog-jihun"])
def test_real_sites_keep_every_heading(folder: str) -> None:
    root = CORPORA / folder
    if not root.is_dir():
        pytest.skip("the corpora of other people's writing are not here")
    planned = plan(root)
    expected = tomllib.loads(
        (Path(__file__).parent / "expected" / "sites.toml").read_text(encoding="utf-8")
    )[folder]
    assert planned.kind == expected["kind"]
    assert len(planned.notes) == expected["notes"]
    found = {note.source: note for note in planned.notes}
    for review in expected["review"]:
        note = found[review["source"]]
        assert note.year == review["year"]
        assert [e.heading for e in note.sections] == review["headings"]
