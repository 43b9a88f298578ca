"""Particles and endings that Korean hangs on a noun, as data: longest first is the reader's work.

`after` is what the syllable before must be: "closed" (it ends in a consonant), "open" (in a vowel),
"open-or-l" (a vowel or ㄹ, as 로 wants) or "any". `example` is (word as written, its stem) and is a
test. Source: 표준국어대사전's 조사 and the endings of 하다, 되다 and 이다 that follow nouns.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

After = Literal["any", "closed", "open", "open-or-l"]


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
    # to be (인 alone is left out: it would make 로그 of 로그인)
    Particle("이다", "closed", ("원칙이다", "원칙")),
    Particle("이고", "closed", ("책이고", "책")),
    Particle("이라고", "closed", ("책이라고", "책")),
    Particle("라고", "open", ("회고라고", "회고")),
    Particle("입니다", "any", ("회고입니다", "회고")),
    Particle("이었다", "closed", ("목표였다는 책이었다", "목표였다는 책")),
    Particle("였다", "open", ("회고였다", "회고")),
    Particle("이지만", "closed", ("책이지만", "책")),
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
    Particle("되다", "any", ("완성되다", "완성")),
    Particle("된다", "any", ("완성된다", "완성")),
    Particle("되는", "any", ("완성되는", "완성")),
    Particle("된", "any", ("완성된", "완성")),
    Particle("됐다", "any", ("완성됐다", "완성")),
    Particle("되었다", "any", ("완성되었다", "완성")),
    Particle("됩니다", "any", ("완성됩니다", "완성")),
    # -ly, of the kind
    Particle("적인", "any", ("객관적인", "객관")),
    Particle("적으로", "any", ("객관적으로", "객관")),
)
