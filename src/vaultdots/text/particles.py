# ruff: noqa: SIM905
"""Particles and endings that Korean hangs on a noun, and those of verbs, as data.

Longest first is the reader's work.

`after` is what the syllable before must be: "closed" (it ends in a consonant), "open" (in a vowel),
"open-or-l" (a vowel or ㄹ, as 로 wants), "past" (in the ㅆ of 았 and 었: 넘쳤, 있) or "any".
`example` is (word as written, its stem) and is a test. Source: 표준국어대사전's 조사 and the
endings of 하다, 되다 and 이다 that follow nouns.
"""

from __future__ import annotations

from typing import Literal

from vaultdots.text.tuples import NamedTuple

After = Literal["any", "closed", "open", "open-or-l", "past"]


class Particle(NamedTuple):
    """One particle or ending, what may stand before it, and a word that shows it."""

    text: str
    after: After
    example: tuple[str, str]


PARTICLES: tuple[Particle, ...] = (
    # who and what
    Particle("이", "closed", ("책이", "책")),
    Particle("가", "open", ("회고가", "회고")),
    Particle("을", "closed", ("책을", "책")),
    Particle("를", "open", ("객체를", "객체")),
    Particle("은", "closed", ("동시성은", "동시성")),
    Particle("는", "open", ("회고는", "회고")),
    Particle("의", "any", ("자바의", "자바")),
    Particle("께서", "any", ("선생님께서", "선생님")),
    # and, with, or
    Particle("과", "closed", ("책과", "책")),
    Particle("와", "open", ("회고와", "회고")),
    Particle("이랑", "closed", ("동료들이랑", "동료들")),
    Particle("랑", "open", ("친구랑", "친구")),
    Particle("하고", "any", ("공부하고", "공부")),
    Particle("이나", "closed", ("책이나", "책")),
    Particle("나", "open", ("회사나", "회사")),
    Particle("이며", "closed", ("원칙이며", "원칙")),
    # where, when, whence, by which means
    Particle("에", "any", ("테스트에", "테스트")),
    Particle("에서", "any", ("스레드에서", "스레드")),
    Particle("에게", "any", ("동료에게", "동료")),
    Particle("에게서", "any", ("동료에게서", "동료")),
    Particle("한테", "any", ("친구한테", "친구")),
    Particle("으로", "closed", ("책으로", "책")),
    Particle("로", "open-or-l", ("자바로", "자바")),
    Particle("으로서", "closed", ("팀원으로서", "팀원")),
    Particle("로서", "open-or-l", ("개발자로서", "개발자")),
    Particle("으로써", "closed", ("책으로써", "책")),
    Particle("로써", "open-or-l", ("테스트로써", "테스트")),
    Particle("부터", "any", ("처음부터", "처음")),
    Particle("까지", "any", ("마지막까지", "마지막")),
    # comparison and emphasis
    Particle("보다", "any", ("작년보다", "작년")),
    Particle("처럼", "any", ("객체처럼", "객체")),
    Particle("같이", "any", ("친구같이", "친구")),
    Particle("만큼", "any", ("작년만큼", "작년")),
    Particle("마다", "any", ("분기마다", "분기")),
    Particle("도", "any", ("회고도", "회고")),
    Particle("만", "any", ("테스트만", "테스트")),
    Particle("밖에", "any", ("하나밖에", "하나")),
    Particle("조차", "any", ("문서조차", "문서")),
    Particle("마저", "any", ("주말마저", "주말")),
    Particle("뿐", "any", ("코드뿐", "코드")),
    Particle("대로", "any", ("계획대로", "계획")),
    Particle("이라도", "closed", ("한 줄이라도", "한 줄")),
    Particle("라도", "open", ("하나라도", "하나")),
    Particle("이란", "closed", ("트랜잭션이란", "트랜잭션")),
    Particle("란", "open", ("회고란", "회고")),
    Particle("이라는", "closed", ("책이라는", "책")),
    Particle("라는", "open", ("회고라는", "회고")),
    # piled up
    Particle("에는", "any", ("올해에는", "올해")),
    Particle("에도", "any", ("내년에도", "내년")),
    Particle("에만", "any", ("테스트에만", "테스트")),
    Particle("에서는", "any", ("회사에서는", "회사")),
    Particle("에서도", "any", ("회사에서도", "회사")),
    Particle("에서의", "any", ("자바에서의", "자바")),
    Particle("에게는", "any", ("동료에게는", "동료")),
    Particle("으로는", "closed", ("책으로는", "책")),
    Particle("로는", "open-or-l", ("코드로는", "코드")),
    Particle("으로도", "closed", ("책으로도", "책")),
    Particle("로도", "open-or-l", ("코드로도", "코드")),
    Particle("과의", "closed", ("팀원과의", "팀원")),
    Particle("와의", "open", ("동료와의", "동료")),
    Particle("과는", "closed", ("책과는", "책")),
    Particle("와는", "open", ("회고와는", "회고")),
    Particle("부터는", "any", ("내년부터는", "내년")),
    Particle("까지는", "any", ("올해까지는", "올해")),
    Particle("보다는", "any", ("속도보다는", "속도")),
    Particle("만의", "any", ("나만의", "나")),
    Particle("만을", "any", ("코드만을", "코드")),
    Particle("만으로", "any", ("문서만으로", "문서")),
    Particle("뿐만", "any", ("코드뿐만", "코드")),
    Particle("에게도", "any", ("동료에게도", "동료")),
    Particle("한테서", "any", ("친구한테서", "친구")),
    Particle("까지도", "any", ("주말까지도", "주말")),
    Particle("까지의", "any", ("올해까지의", "올해")),
    Particle("부터의", "any", ("작년부터의", "작년")),
    Particle("에서부터", "any", ("처음에서부터", "처음")),
    Particle("으로부터", "closed", ("팀원으로부터", "팀원")),
    Particle("로부터", "open-or-l", ("서버로부터", "서버")),
    Particle("보다도", "any", ("작년보다도", "작년")),
    Particle("조차도", "any", ("문서조차도", "문서")),
    Particle("마저도", "any", ("주말마저도", "주말")),
    Particle("만은", "any", ("주말만은", "주말")),
    Particle("만이", "any", ("코드만이", "코드")),
    Particle("에까지", "any", ("운영에까지", "운영")),
    Particle("에서만", "any", ("서버에서만", "서버")),
    Particle("으로의", "closed", ("책으로의", "책")),
    Particle("로의", "open-or-l", ("서버로의", "서버")),
    Particle("으로만", "closed", ("책으로만", "책")),
    Particle("로만", "open-or-l", ("코드로만", "코드")),
    Particle("에의", "any", ("문서에의", "문서")),
    # plural
    Particle("들", "any", ("객체들", "객체")),
    Particle("들이", "any", ("사람들이", "사람")),
    Particle("들을", "any", ("객체들을", "객체")),
    Particle("들은", "any", ("객체들은", "객체")),
    Particle("들의", "any", ("객체들의", "객체")),
    Particle("들과", "any", ("동료들과", "동료")),
    Particle("들에", "any", ("문서들에", "문서")),
    Particle("들에게", "any", ("동료들에게", "동료")),
    Particle("들에서", "any", ("서버들에서", "서버")),
    Particle("들로", "any", ("객체들로", "객체")),
    Particle("들도", "any", ("객체들도", "객체")),
    Particle("들만", "any", ("객체들만", "객체")),
    Particle("들까지", "any", ("객체들까지", "객체")),
    Particle("들처럼", "any", ("사람들처럼", "사람")),
    Particle("들마다", "any", ("서버들마다", "서버")),
    Particle("들보다", "any", ("사람들보다", "사람")),
    Particle("들에게서", "any", ("동료들에게서", "동료")),
    Particle("들에서의", "any", ("서버들에서의", "서버")),
    Particle("들에는", "any", ("문서들에는", "문서")),
    Particle("들로부터", "any", ("동료들로부터", "동료")),
    # to be (인 alone is left out: it would make 로그 of 로그인)
    Particle("이다", "closed", ("원칙이다", "원칙")),
    Particle("이고", "closed", ("책이고", "책")),
    Particle("이라고", "closed", ("책이라고", "책")),
    Particle("라고", "open", ("회고라고", "회고")),
    Particle("입니다", "any", ("회고입니다", "회고")),
    Particle("이었다", "closed", ("목표였다는 책이었다", "목표였다는 책")),
    Particle("였다", "open", ("회고였다", "회고")),
    Particle("이지만", "closed", ("책이지만", "책")),
    Particle("이라면", "closed", ("책이라면", "책")),
    Particle("이니까", "closed", ("책이니까", "책")),
    Particle("인데", "any", ("책인데", "책")),
    Particle("이었던", "closed", ("책이었던", "책")),
    Particle("였던", "open", ("회고였던", "회고")),
    Particle("였는데", "open", ("회고였는데", "회고")),
    Particle("이었습니다", "closed", ("책이었습니다", "책")),
    Particle("였습니다", "open", ("회고였습니다", "회고")),
    Particle("이에요", "closed", ("책이에요", "책")),
    Particle("예요", "open", ("회고예요", "회고")),
    # to do, to become
    Particle("하다", "any", ("회고하다", "회고")),
    Particle("한다", "any", ("회고한다", "회고")),
    Particle("하는", "any", ("공부하는", "공부")),
    Particle("한", "any", ("공부한", "공부")),
    Particle("할", "any", ("공부할", "공부")),
    Particle("하기", "any", ("회고하기", "회고")),
    Particle("하여", "any", ("정리하여", "정리")),
    Particle("해서", "any", ("정리해서", "정리")),
    Particle("하며", "any", ("회고하며", "회고")),
    Particle("하면", "any", ("정리하면", "정리")),
    Particle("하면서", "any", ("공부하면서", "공부")),
    Particle("하지", "any", ("공부하지", "공부")),
    Particle("하자", "any", ("정리하자", "정리")),
    Particle("했다", "any", ("공부했다", "공부")),
    Particle("했던", "any", ("공부했던", "공부")),
    Particle("했고", "any", ("공부했고", "공부")),
    Particle("했는데", "any", ("공부했는데", "공부")),
    Particle("했지만", "any", ("공부했지만", "공부")),
    Particle("합니다", "any", ("정리합니다", "정리")),
    Particle("했습니다", "any", ("정리했습니다", "정리")),
    Particle("하던", "any", ("정리하던", "정리")),
    Particle("하니", "any", ("정리하니", "정리")),
    Particle("하니까", "any", ("정리하니까", "정리")),
    Particle("하려고", "any", ("정리하려고", "정리")),
    Particle("하려면", "any", ("정리하려면", "정리")),
    Particle("하도록", "any", ("정리하도록", "정리")),
    Particle("하게", "any", ("정리하게", "정리")),
    Particle("하네", "any", ("정리하네", "정리")),
    Particle("하겠다", "any", ("정리하겠다", "정리")),
    Particle("해도", "any", ("정리해도", "정리")),
    Particle("해야", "any", ("정리해야", "정리")),
    Particle("해야지", "any", ("정리해야지", "정리")),
    Particle("해요", "any", ("정리해요", "정리")),
    Particle("해보기", "any", ("정리해보기", "정리")),
    Particle("해봤다", "any", ("정리해봤다", "정리")),
    Particle("했어요", "any", ("정리했어요", "정리")),
    Particle("했더니", "any", ("정리했더니", "정리")),
    Particle("했으며", "any", ("정리했으며", "정리")),
    Particle("했다가", "any", ("정리했다가", "정리")),
    Particle("했다는", "any", ("정리했다는", "정리")),
    Particle("했다면", "any", ("정리했다면", "정리")),
    Particle("되다", "any", ("완성되다", "완성")),
    Particle("된다", "any", ("완성된다", "완성")),
    Particle("되는", "any", ("완성되는", "완성")),
    Particle("된", "any", ("완성된", "완성")),
    Particle("됐다", "any", ("완성됐다", "완성")),
    Particle("되었다", "any", ("완성되었다", "완성")),
    Particle("됩니다", "any", ("완성됩니다", "완성")),
    Particle("되고", "any", ("완성되고", "완성")),
    Particle("되어", "any", ("완성되어", "완성")),
    Particle("되면", "any", ("완성되면", "완성")),
    Particle("되지", "any", ("완성되지", "완성")),
    Particle("되며", "any", ("완성되며", "완성")),
    Particle("되던", "any", ("완성되던", "완성")),
    Particle("돼서", "any", ("완성돼서", "완성")),
    Particle("됐고", "any", ("완성됐고", "완성")),
    Particle("됐던", "any", ("완성됐던", "완성")),
    Particle("됐는데", "any", ("완성됐는데", "완성")),
    Particle("됐습니다", "any", ("완성됐습니다", "완성")),
    Particle("되었고", "any", ("완성되었고", "완성")),
    Particle("되었던", "any", ("완성되었던", "완성")),
    # -ly, of the kind
    Particle("적인", "any", ("객관적인", "객관")),
    Particle("적으로", "any", ("객관적으로", "객관")),
    # what may follow the past of a verb; the verb keeps its 았 or 었
    Particle("다", "past", ("넘쳤다", "넘쳤")),
    Particle("고", "past", ("넘쳤고", "넘쳤")),
    Particle("네", "past", ("넘쳤네", "넘쳤")),
    Particle("던", "past", ("넘쳤던", "넘쳤")),
    Particle("는데", "past", ("넘쳤는데", "넘쳤")),
    Particle("지만", "past", ("넘쳤지만", "넘쳤")),
    Particle("으며", "past", ("넘쳤으며", "넘쳤")),
    Particle("으면", "past", ("넘쳤으면", "넘쳤")),
    Particle("음", "past", ("넘쳤음", "넘쳤")),
    Particle("습니다", "past", ("넘쳤습니다", "넘쳤")),
    Particle("어요", "past", ("넘쳤어요", "넘쳤")),
    Particle("다는", "past", ("넘쳤다는", "넘쳤")),
    Particle("다가", "past", ("넘쳤다가", "넘쳤")),
    Particle("더니", "past", ("넘쳤더니", "넘쳤")),
    Particle("지", "past", ("넘쳤지", "넘쳤")),
    Particle("나요", "past", ("넘쳤나요", "넘쳤")),
    Particle("냐", "past", ("넘쳤냐", "넘쳤")),
    Particle("니", "past", ("넘쳤니", "넘쳤")),
    Particle("죠", "past", ("넘쳤죠", "넘쳤")),
    Particle("을까", "past", ("넘쳤을까", "넘쳤")),
    Particle("을까요", "past", ("넘쳤을까요", "넘쳤")),
    Particle("는지", "past", ("넘쳤는지", "넘쳤")),
    Particle("는가", "past", ("넘쳤는가", "넘쳤")),
    Particle("더라", "past", ("넘쳤더라", "넘쳤")),
    Particle("했지", "any", ("정리했지", "정리")),
    Particle("했나", "any", ("정리했나", "정리")),
    Particle("했나요", "any", ("정리했나요", "정리")),
    Particle("했냐", "any", ("정리했냐", "정리")),
    Particle("했니", "any", ("정리했니", "정리")),
    Particle("했죠", "any", ("정리했죠", "정리")),
    Particle("했을까", "any", ("정리했을까", "정리")),
    Particle("했을까요", "any", ("정리했을까요", "정리")),
    Particle("했는지", "any", ("정리했는지", "정리")),
    Particle("했는가", "any", ("정리했는가", "정리")),
    Particle("했더라", "any", ("정리했더라", "정리")),
)


OF_NAMES = tuple("으로서 로서 에서 으로 이랑 에게 과 와 의 을 를 이 가 은 는 에 도 로 만".split())
"""Those that a word of a title may carry: 회고를, 개발자의, 2023년은. Longest first."""

OF_TERMS = tuple(
    "에서는 에서도 으로도 에게서 이라는 이라도 까지 부터 에서 에게 으로 이랑 처럼 보다 마다 만큼"
    " 라도 이나 과 와 의 을 를 이 가 은 는 에 도 로 만".split()
)
"""Those that come off a word of two syllables or more where sentences are compared. The longest
first."""

VERB_ENDINGS: tuple[tuple[str, str], ...] = (
    # asking
    ("나요", "바꾸나요"),
    ("나", "바꾸나"),
    ("냐", "바꾸냐"),
    ("니", "바꾸니"),
    ("는가", "바꾸는가"),
    ("는가요", "바꾸는가요"),
    ("는지", "바꾸는지"),
    ("을까", "돌려받을까"),
    ("을까요", "돌려받을까요"),
    ("을지", "돌려받을지"),
    ("죠", "바꾸죠"),
    ("지", "바꾸지"),
    ("지요", "바꾸지요"),
    # of a noun
    ("는", "바꾸는"),
    ("은", "돌려받은"),
    ("을", "돌려받을"),
    ("던", "바꾸던"),
    ("기", "바꾸기"),
    # and, if, in order to
    ("고", "바꾸고"),
    ("며", "바꾸며"),
    ("면", "바꾸면"),
    ("면서", "바꾸면서"),
    ("으면", "돌려받으면"),
    ("려면", "바꾸려면"),
    ("으려면", "돌려받으려면"),
    ("려고", "바꾸려고"),
    ("으려고", "돌려받으려고"),
    ("는데", "바꾸는데"),
    ("거나", "바꾸거나"),
    ("게", "바꾸게"),
    ("도록", "바꾸도록"),
    ("자", "바꾸자"),
    ("아", "돌려받아"),
    ("아서", "돌려받아서"),
    ("아도", "돌려받아도"),
    ("아요", "돌려받아요"),
    ("어", "만들어"),
    ("어서", "만들어서"),
    ("어도", "만들어도"),
    ("어요", "만들어요"),
    ("다", "바꾸다"),
    ("습니다", "돌려받습니다"),
)
"""Endings that stand apart from the verb's stem, each with a verb that shows it; those that melt
into its last syllable (바꿔, 바꾼) are `hangul.verb_stems`'s."""

SURE_ENDINGS = frozenset(
    "나요 는가 는가요 는지 을까 을까요 을지 죠 지요 으면 려면 으려면 려고 으려고 는데 면서"
    " 거나 도록 아서 아요 어서 어요 습니다".split()
)
"""Those that no noun ends in as 편지 and 감기 do."""

ASKING_ENDINGS = tuple(
    "나 나요 는가 는가요 는지 는지요 을까 을까요 은가 은가요 은지 냐 니 죠 지요"
    " 어요 은데 아요 아".split()
)
"""Endings of a verb that asks, after a stem of one syllable that ends in a consonant or 하 and 되:
있나요, 좋을까, 하는지."""
