"""The sentences: both languages, the same blanks, none unused, none missing, and the voice that says them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from helpers.display import prose

FOLDER = Path(prose.__file__).parent
PHRASES = prose.phrases()


def sources():
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.rglob("*.py"))]


def pattern(node):
    """Return the regular expression of the keys that a string or an f-string can stand for, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.]*" for p in node.values]
        return "".join(parts)
    return None


def said():
    """Return the patterns of every key that is handed to ``say`` as it stands."""
    for tree in sources():
        for node in ast.walk(tree):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr == "say" and len(node.args) == 1:
                branches = [node.args[0]]
                if isinstance(node.args[0], ast.IfExp):
                    branches = [node.args[0].body, node.args[0].orelse]
                yield from filter(None, map(pattern, branches))


def test_every_phrase_stands_in_both_languages():
    assert [key for key, both in PHRASES.items() if set(both) != {"en", "ja"} or not all(both.values())] == []


def test_both_languages_of_a_phrase_have_the_same_blanks():
    differ = [key for key, both in PHRASES.items() if prose.blanks(both["en"]) != prose.blanks(both["ja"])]
    assert differ == []


def test_no_key_is_written_twice():
    text = "\n".join(p.read_text(encoding="utf-8") for p in (FOLDER / "phrases").glob("*.yml"))
    keys = re.findall(r"^([a-z][\w.]*):", text, re.M)
    assert sorted(keys) == sorted(set(keys))


def test_every_key_that_is_said_is_there():
    missing = [key for key in set(said()) if not any(re.fullmatch(key, known) for known in PHRASES)]
    assert missing == []


def test_no_phrase_is_unused():
    found = {pattern(node) for tree in sources() for node in ast.walk(tree)} - {None}
    telling = {text for text in found if r"\." in text and re.search("[a-z]{3}", text.replace(r"[\w.]*", ""))}
    used = re.compile("|".join(f"{text}(?:_value|\\.\\w+)?" for text in telling))
    unused = [key for key in PHRASES if not used.fullmatch(key)]
    assert unused == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_phrases_hold_no_straight_quotes_and_no_double_blank(lang):
    assert [key for key, both in PHRASES.items() if "'" in both[lang] or "  " in both[lang]] == []


def test_every_term_of_the_glossary_stands_in_both_languages():
    terms = yaml.safe_load((FOLDER / "glossary.yml").read_text(encoding="utf-8"))
    assert [
        t for t, e in terms.items() if any(set(e[part]) != {"en", "ja"} for part in ("term", "meaning"))
    ] == []


def test_what_is_said_of_a_users_own_register_takes_the_place_of_a_phrase_with_the_same_blanks():
    pairs = {key: key.removeprefix("own.") for key in PHRASES if key.startswith("own.")}
    assert pairs
    assert [base for base in pairs.values() if base not in PHRASES] == []
    more = [
        key
        for key, base in pairs.items()
        if prose.blanks(PHRASES[key]["en"]) - prose.blanks(PHRASES[base]["en"])
    ]
    assert more == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_voice_speaks_of_the_users_own_register_only_where_there_is_one(lang):
    class Told:
        own = frozenset({"events"})

    shipped, own = prose.Voice(lang, {}), prose.Voice(lang, {}, Told())
    assert shipped.say("source.register") == PHRASES["source.register"][lang]
    assert own.say("source.register") == PHRASES["own.source.register"][lang]
    assert own.say("events.empty") == PHRASES["events.empty"][lang]
