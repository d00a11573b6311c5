"""Pages whose comments all have their header are read exactly: every form, in eleven languages, with and without a heading or indent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

import pytest

from bot.sources.flattened.reading import read


@dataclass(frozen=True)
class Language:
    """What a page in this language says around its comments."""

    heading: str
    names: tuple[str, ...]
    says: str
    wrote: str
    reply: str
    date: str
    ago: str
    words: tuple[str, ...]


LANGUAGES: Mapping[str, Language] = {
    "English": Language("7 Comments", ("Ada Quill", "Bo", "tugboat_tim", "J. P. Ostrow"), " says:", " wrote on", "Reply", "March {}, 2021 at 4:0{} pm", "{} years ago", ("The ferry was late again.", "I counted nine gulls on the rail.", "Who asked the harbour master?", "The paint is still wet.")),
    "German": Language("7 Kommentare", ("Ute Brandl", "Ingo", "möwe77", "Dr. Hanno Wels"), " sagt:", " schrieb am", "Antworten", "{}. März 2021 um 14:0{} Uhr", "vor {} Jahren", ("Die Fähre kam wieder zu spät.", "Ich habe neun Möwen gezählt.", "Wer hat den Hafenmeister gefragt?", "Die Farbe ist noch nass.")),
    "French": Language("7 commentaires", ("Anaïs Perrot", "Luc", "mouette34", "Odile de Brécy"), " a dit :", " a écrit le", "Répondre", "{} mars 2021 à 14:0{}", "il y a {} ans", ("Le bac était encore en retard.", "J’ai compté neuf mouettes.", "Qui a demandé au maître du port ?", "La peinture est fraîche.")),
    "Spanish": Language("7 comentarios", ("Inés Roldán", "Paco", "gaviota9", "José María Cano"), " dijo:", " escribió el", "Responder", "{} de marzo de 2021 a las 14:0{}", "hace {} años", ("El barco llegó tarde otra vez.", "Conté nueve gaviotas.", "¿Quién preguntó al jefe del puerto?", "La pintura está fresca.")),
    "Italian": Language("7 commenti", ("Chiara Monti", "Ugo", "gabbiano1", "Rosa Dal Pra"), " ha detto:", " ha scritto il", "Rispondi", "{} marzo 2021 alle 14:0{}", "{} anni fa", ("Il traghetto era in ritardo.", "Ho contato nove gabbiani.", "Chi ha chiesto al capo del porto?", "La vernice è fresca.")),
    "Portuguese": Language("7 comentários", ("Beatriz Nunes", "Rui", "gaivota5", "Dora da Silva"), " disse:", " escreveu em", "Responder", "{} de março de 2021 às 14:0{}", "há {} anos", ("O barco chegou outra vez tarde.", "Contei nove gaivotas.", "Quem perguntou ao chefe do porto?", "A tinta está fresca.")),
    "Dutch": Language("7 reacties", ("Sanne Vos", "Bas", "meeuw8", "Pieter-Jan Kok"), " zegt:", " schreef op", "Reageren", "{} maart 2021 om 14:0{}", "{} jaar geleden", ("De pont was weer te laat.", "Ik telde negen meeuwen.", "Wie vroeg het de havenmeester?", "De verf is nog nat.")),
    "Swedish": Language("7 kommentarer", ("Elsa Berg", "Olle", "trut3", "Karl-Johan Ek"), " säger:", " skrev den", "Svara", "{} mars 2021 kl. 14:0{}", "för {} år sedan", ("Färjan var sen igen.", "Jag räknade nio måsar.", "Vem frågade hamnkaptenen?", "Färgen är våt.")),
    "Polish": Language("7 komentarzy", ("Ewa Zych", "Jan", "mewa12", "Piotr Maria Lis"), " mówi:", " napisał dnia", "Odpowiedz", "{} marca 2021 o 14:0{}", "{} lata temu", ("Prom znowu się spóźnił.", "Naliczyłem dziewięć mew.", "Kto zapytał kapitana portu?", "Farba jest mokra.")),
    "Russian": Language("7 комментариев", ("Анна Лукина", "Олег", "чайка7", "Пётр Савин"), " пишет:", " написал от", "Ответить", "{} марта 2021 в 14:0{}", "{} года назад", ("Паром опять опоздал.", "Я насчитал девять чаек.", "Кто спросил начальника порта?", "Краска ещё мокрая.")),
    "Japanese": Language("7件のコメント", ("青木", "たろう", "umineko5", "佐々木 花"), "さんのコメント:", "さんが書きました", "返信", "2021年3月{}日 14:0{}", "{} 年前", ("フェリーが遅れました。", "かもめが九羽いました。", "誰が港長に聞きましたか。", "ペンキがまだ乾いていません。")),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One comment of a page, and what its header can tell."""

    name: str
    parent: str | None
    depth: int
    date: str
    ago: str
    paragraphs: tuple[str, ...]


def conversation(language: Language) -> list[Said]:
    """Seven comments by four people, at three levels: a name alone never tells which comment is answered."""
    first, second, third, fourth = language.names
    tree = [(first, None, 0), (second, first, 1), (third, second, 2), (fourth, None, 0), (third, fourth, 1), (second, None, 0), (fourth, second, 1)]  # fmt: skip
    counter = count(2)
    said = []
    for at, (name, parent, depth) in enumerate(tree):
        number = next(counter)
        words = tuple(language.words[(at + k) % 4] for k in range(1 + at % 3))
        said.append(
            Said(
                name, parent, depth, language.date.format(number, number), language.ago.format(number), words
            )
        )
    return said


def plain(name: str) -> str:
    """A name as boards allow it."""
    return name.replace(" ", "_").replace(".", "")


Form = Callable[[Said, Language], list[str]]


def spaced(*lines: str) -> list[str]:
    return [part for line in lines for part in (line, "")]


def disqus(said: Said, between: str) -> str:
    return f"{said.name}{between}{said.parent} • {said.ago}" if said.parent else f"{said.name} • {said.ago}"


FORMS: Mapping[str, Form] = {
    "bar": lambda s, _: spaced(f"{s.name} | {s.date}", *s.paragraphs),
    "bar, in reply to": lambda s, _: spaced(f"{s.name}{f' in reply to {s.parent}.' if s.parent else ''} | {s.date}", *s.paragraphs),
    "says": lambda s, of: [f"{s.name}{of.says}", s.date, "", *spaced(*s.paragraphs)],
    "says, with buttons": lambda s, of: [f"{s.name}{of.says}", s.date, "", *spaced(*s.paragraphs, of.reply)],
    "wrote on": lambda s, of: spaced(f"{s.name}{of.wrote} {s.date}:", *s.paragraphs),
    "comma": lambda s, _: spaced(f"{s.name}, {s.date}", *s.paragraphs),
    "stacked": lambda s, _: spaced(s.name, s.date, *s.paragraphs),
    "Disqus": lambda s, of: [disqus(s, "  "), "", *spaced(*s.paragraphs), f"• {of.reply}", "• Share ›", ""],
    "Disqus, one space": lambda s, of: [disqus(s, " "), "", *spaced(*s.paragraphs, of.reply)],
    "Disqus, new": lambda s, of: [s.name, *([s.parent] if s.parent else []), s.ago, "", *spaced(*s.paragraphs), "3", "0", of.reply, ""],
    "Hacker News": lambda s, _: spaced(f"{plain(s.name)} {s.ago} | {'parent | ' if s.parent else ''}next [–]", *s.paragraphs, "reply"),
    "Reddit, old": lambda s, _: spaced(f"[–]{plain(s.name)} 5 points {s.ago}", *s.paragraphs, "permalink embed save report reply"),
    "Reddit, new": lambda s, of: [plain(s.name), "•", s.ago, "", *spaced(*s.paragraphs), "Upvote", "12", "Downvote", of.reply, "Share", ""],
    "YouTube": lambda s, of: [f"@{plain(s.name)}", s.ago, *s.paragraphs, "12", of.reply, ""],
    "Facebook": lambda s, of: [s.name, *s.paragraphs, "Like", of.reply, "3y", ""],
    "Facebook, in one line": lambda s, of: [s.name, *s.paragraphs, f"Like · {of.reply} · 3y", ""],
}  # fmt: skip
WRITES_PLAIN = ("Hacker News", "Reddit, old", "Reddit, new", "YouTube")


@pytest.mark.parametrize("layout", ["headed and indented", "bare"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_page_with_all_its_headers_is_read_exactly(form: str, language: str, layout: str) -> None:
    headed = indented = layout != "bare"
    of = LANGUAGES[language]
    said = conversation(of)
    lines = ["Nine Gulls and a Ferry", "", " ".join(of.words[:2]), "", " ".join(of.words[2:]), ""]
    lines += [of.heading, ""] if headed else []
    for one in said:
        indent = "  " * one.depth if indented else ""
        lines += [indent + line if line else "" for line in FORMS[form](one, of)]
    found = read("\n".join(lines))[0].comments
    names = [plain(one.name) if form in WRITES_PLAIN else one.name for one in said]
    names = [f"@{name}" for name in names] if form == "YouTube" else names
    assert [comment.author for comment in in_order(found, said)] == names
    assert [
        comment.text.split("\n\n" if "\n\n" in comment.text else "\n") for comment in in_order(found, said)
    ] == [list(one.paragraphs) for one in said]
    assert all(comment.confidence == 1.0 for comment in found if indented)
    if indented:
        assert [comment.depth for comment in found] == [one.depth for one in said]


def in_order(found, said: list[Said]) -> list:
    """``found`` in the order of the page: answers told by name stand behind whom they answer."""
    waiting = list(found)
    ordered = []
    for one in said:
        comment = next(
            (c for c in waiting if c.text.replace("\n\n", "\n").split("\n") == list(one.paragraphs)),
            waiting[0],
        )
        waiting.remove(comment)
        ordered.append(comment)
    return ordered
