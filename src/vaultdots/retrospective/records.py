"""Goals, books and digests as plain records, with the stable keys of `--json`."""

from __future__ import annotations

from typing import Any

from vaultdots.retrospective.model import Book, DatedNote, Digest, Goal


def digest_record(digest: Digest) -> dict[str, Any]:
    """The digest with the keys of `dots review --json`."""
    return {
        "year": digest.year,
        "review": digest.review,
        "title": digest.title,
        "summary": digest.summary,
        "sections": [
            {
                "heading": s.heading,
                "level": s.level,
                "kind": s.kind,
                "span": list(s.span) if s.span is not None else None,
                "line": s.line,
                "links": [link.target for link in s.links],
                "opening": s.opening,
                "path": s.path,
                "suggested": list(s.suggested),
            }
            for s in digest.sections
        ],
        "goals": [goal_record(goal) for goal in digest.goals],
        "next_goals": [goal_record(goal) for goal in digest.next_goals],
        "books": [book_record(book) for book in digest.books],
        "events": [event._asdict() for event in digest.events],
        "projects": [note_record(note) for note in digest.projects],
        "studies": [note_record(note) for note in digest.studies],
        "unmentioned": [
            {
                "topic": group.topic,
                "count": len(group.notes),
                "notes": [note_record(note) for note in group.notes],
            }
            for group in digest.unmentioned
        ],
        "new": [new._asdict() for new in digest.new],
    }


def note_record(note: DatedNote) -> dict[str, Any]:
    """A note as the digest lists it."""
    return {"path": note.path, "title": note.title, "kind": note.kind, "date": note.date}


def goal_record(goal: Goal) -> dict[str, Any]:
    """A goal with the keys of `dots goals --json`."""
    return {
        "text": goal.text,
        "made_in": goal.made_in,
        "target_year": goal.target_year,
        "strength": goal.strength,
        "status": goal.status,
        "confidence": goal.confidence,
        "path": goal.path,
        "line": goal.line,
        "evidence": [
            {"path": e.path, "line": e.line, "text": e.text, "rule": e.rule} for e in goal.evidence
        ],
        "detail": list(goal.detail),
        "rule": goal.rule,
        "settled": goal.settled,
        "next": {"path": goal.next.path, "line": goal.next.line} if goal.next else None,
    }


def book_record(book: Book) -> dict[str, Any]:
    """A book with the keys of `dots books --json`."""
    return {
        "title": book.title,
        "author": book.author,
        "finished": book.finished,
        "year": book.year,
        "comment": book.comment,
        "reread": book.reread,
        "path": book.path,
        "line": book.line,
        "rule": book.rule,
    }
