"""The columns of a register and the names they go by, in English and Japanese."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Column:
    """A column: its name in ``events``, its headers, other names it goes by, and what is read in it (en, ja)."""

    name: str
    en: str
    ja: str
    aliases: tuple[str, ...]
    read_en: str
    read_ja: str


COLUMNS = (
    Column(
        "event_id", "ID", "番号",
        ("event id", "no", "no.", "number", "案件番号", "案件ID", "整理番号", "行事番号", "通し番号", "管理番号"),
        "Any text, each once. Left out: made from date, place and title, so that it stays the same when rows move.",
        "任意の文字列（重複不可）。空欄なら日付・場所・案件名から付番し、行を並べ替えても変わらない。",
    ),
    Column(
        "date_start", "Date", "実施日",
        ("date start", "start", "start date", "first day", "from", "day", "dates", "開始日", "開催日", "日付", "日時",
         "実施日時", "開催日時", "年月日", "実施年月日", "開催年月日", "実施期間", "期間", "会期", "開催期間", "開始"),
        "2021-04-01, 2021/4/1, 2021年4月1日, 令和3年4月1日, R3.4.1, a date cell; a month alone; a span with ～.",
        "2021-04-01、2021/4/1、2021年4月1日、令和3年4月1日、R3.4.1、日付セル。月のみも可。「～」で期間。",
    ),
    Column(
        "date_end", "Last day", "終了日",
        ("date end", "end", "end date", "to", "until", "終了", "最終日", "終了年月日"),
        "As the date; left empty for one day.",
        "実施日と同じ書き方。1日限りなら空欄。",
    ),
    Column(
        "fiscal_year", "Fiscal year", "年度",
        ("fy", "jfy", "japanese fiscal year", "会計年度", "実施年度", "開催年度"),
        "2021, FY2021, 令和3年度, R3: April to March. Needed only without a date; with one, the two must agree.",
        "2021、FY2021、令和3年度、R3（4月～翌3月）。日付があれば空欄でよく、両方あれば一致を確認する。",
    ),
    Column(
        "mission", "Mission", "公館",
        ("office", "consulate", "embassy or consulate", "mission code", "公館名", "在外公館", "担当公館", "実施公館",
         "主管公館", "総領事館", "管轄公館"),
        "One mission: its code (nashville), its city or its name.",
        "公館一つ。所在都市名、公館名（在ナッシュビル総領事館）又はコード。",
    ),
    Column(
        "state", "State", "州",
        ("states", "state or territory", "usps", "州名", "開催州", "実施州", "対象州", "州等", "開催地の州"),
        "Code (TN) or name in either language; several divided by ; or 、 (DC; VA).",
        "州名又は略号（TN）。複数は「、」又は「;」で区切る（DC、VA）。",
    ),
    Column(
        "other_states", "Other states", "その他の州",
        ("further states", "他の州", "他州", "関係州"),
        "As the state.",
        "州と同じ書き方。",
    ),
    Column(
        "city", "City", "都市",
        ("town", "place", "venue city", "location", "都市名", "市", "開催都市", "実施都市", "開催地",
         "場所", "実施場所", "開催場所"),
        "Text.",
        "文字列。",
    ),
    Column(
        "title", "Title", "案件名（英語）",
        ("title en", "title (english)", "event", "event title", "name", "event name", "project", "project name",
         "英語名", "案件名英", "案件名（英）", "英文名", "英語案件名", "行事名（英語）"),
        "Text; a title in one of the two languages is needed.",
        "文字列。英語か日本語のどちらか一方は必須。",
    ),
    Column(
        "title_ja", "Title (Japanese)", "案件名",
        ("title ja", "japanese title", "title in japanese", "行事名", "事業名", "イベント名", "件名",
         "名称", "案件名（日本語）", "案件名（和）", "案件", "題名", "タイトル"),
        "Text; as the title.",
        "文字列。英語か日本語のどちらか一方は必須。",
    ),
    Column(
        "title_ja_by", "Japanese title by", "邦題の出所",
        ("title ja by",),
        "source or ours; may be left out.",
        "source（出典どおり）又は ours（仮訳）。省略可。",
    ),
    Column(
        "programme", "Programme", "事業・シリーズ",
        ("program", "series", "scheme", "プログラム", "事業", "シリーズ", "枠組み", "事業区分"),
        "Text.",
        "文字列。",
    ),
    Column(
        "theme", "Theme", "テーマ",
        ("topic", "subject", "category", "分野", "主題", "分類", "カテゴリ", "カテゴリー"),
        "One of the list, or text of your own.",
        "一覧から選ぶか、任意の文字列。",
    ),
    Column(
        "format", "Format", "形式",
        ("mode", "form", "開催形式", "実施形式", "開催方法", "実施方法", "実施形態", "開催形態", "形態"),
        "in person, online, hybrid or unknown; empty is unknown.",
        "対面、オンライン、ハイブリッド、不明のいずれか。空欄は不明。",
    ),
    Column(
        "organiser", "Organiser", "主催",
        ("organizer", "organisers", "organizers", "host", "hosts", "主催者", "主催団体", "主催・共催", "実施主体"),
        "Text.",
        "文字列。",
    ),
    Column(
        "participants", "Participants", "参加者数",
        ("headcount", "attendance", "attendees", "number of participants", "people", "参加人数", "人数", "来場者数",
         "動員数", "出席者数", "参加者", "延べ参加者数"),
        "A whole number: 1200, 1,200, １２００, 1万2,000, 1.2万人. No words (約, about): those go into the remarks.",
        "整数（1200、1,200、１２００、1万2,000、1.2万人）。「約」等の語は不可（備考へ）。",
    ),
    Column(
        "certainty", "Certainty", "確度",
        ("confidence",),
        "high or medium; may be left out.",
        "high（高）又は medium（中）。省略可。",
    ),
    Column(
        "source_url", "Source", "出典",
        ("source url", "url", "link", "reference", "出典URL", "リンク", "情報源", "資料", "参照"),
        "An address or text.",
        "URL又は文字列。",
    ),
    Column(
        "source_url_2", "Second source", "出典2",
        ("source url 2", "source 2", "url 2", "出典その2"),
        "An address or text.",
        "URL又は文字列。",
    ),
    Column(
        "note", "Remarks", "備考",
        ("notes", "note", "remark", "comment", "comments", "注", "注記", "メモ", "コメント", "特記事項"),
        "Text; no brief prints it.",
        "文字列。ブリーフには印字されない。",
    ),
)  # fmt: skip
"""In the order of ``data/taskforce/events.csv``."""

BY_NAME = {column.name: column for column in COLUMNS}
NEEDED = (("title", "title_ja"), ("date_start", "fiscal_year"), ("mission", "state"))
"""Of each pair one is needed, as a column and in every row."""

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_PARTS = re.compile(r"[\n/]+")
_SIGNS = re.compile(r"[\s_\-.・:：*※]+")


def plain(text: str) -> str:
    """Return a name without case, width, blanks and signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def known() -> dict[str, str]:
    """Return every name that a header may have, in its plain form, with the column it stands for."""
    return {
        plain(text): column.name
        for column in COLUMNS
        for text in (column.name, column.en, column.ja, *column.aliases)
    }


@cache
def recognise(header: str) -> str:
    """Return the column that a header names; empty when none.

    A header may stand in both languages (``案件名 / Title (Japanese)``) or have a unit in brackets
    (``参加者数（人）``).

    Examples
    --------
    >>> recognise("参加者数（人）"), recognise("開始日"), recognise("Phone")
    ('participants', 'date_start', '')
    """
    narrow = unicodedata.normalize("NFKC", header)
    for text in (narrow, _BRACKETS.sub("", narrow)):
        if column := known().get(plain(text)):
            return column
    parts = _PARTS.split(narrow)
    found = {recognise(part) for part in parts} - {""} if len(parts) > 1 else set()
    return found.pop() if len(found) == 1 else ""
