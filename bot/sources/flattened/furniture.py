"""The page's furniture: lines that are no one's words, each kind with the reason for leaving it out."""

import regex

#: Longer lines are prose that happens to mention a share button.
_LONGEST = 160

_ANYWHERE: tuple[tuple[str, str], ...] = (
    (r"(?:(?:image|photo|bild|foto|imagen|immagine|afbeelding|logo)[ _-]?\d+\W*)+", "alternative texts of images"),
    (r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|sponsored|gesponsert)", "advertisement label"),
)  # fmt: skip
_ARTICLE: tuple[tuple[str, str], ...] = (
    (r"(?:donate|donate now|spenden|jetzt spenden|faire un don|donar|dona ora|doneer|doar|wesprzyj)\W*", "donation button"),
    (r"donations?\b.{0,40}\btax[ -]deductible.*|to the full(?:est)? extent (?:allowed|permitted) by law\.?|(?:please )?support (?:us|our work|this site|independent journalism)\b.*|(?:ihre|deine) spende\b.*|spenden (?:sie|an)\b.*|votre don\b.*", "donation box"),
    (r"(?:share|share (?:this|on|via)\b.{0,60}|tweet|pin|pin it|email|e-mail|print|drucken|teilen|(?:beitrag )?teilen (?:auf|mit|per)\b.{0,60}|partager|partager (?:sur|cet)\b.{0,60}|compartir|compartir en\b.{0,40}|condividi|delen|facebook|twitter|whatsapp|linkedin|reddit|telegram|(?:(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|e-?mail|print|share|tweet|copy link|teilen)[ |·,]*){2,})", "share buttons"),
    (r"(?:skip to (?:main )?content|zum inhalt springen|aller au contenu|saltar al contenido|menu|menü|home|search|suche|toggle navigation)", "navigation"),
    (r"(?:sign up|subscribe|newsletter|abonnieren|s’abonner|suscríbete|iscriviti)\b.{0,60}", "newsletter box"),
    (r"(?:filed under|tagged(?: with)?|tags?|categor(?:y|ies)|posted in|kategorien?|schlagwörter|schlagworte|catégories?|étiquettes?|categorías?|etiquetas?)\s*:.*", "category line"),
    (r"\d+ (?:shares|views|likes|min(?:ute)?s? read)|lesezeit:?.{0,20}|\d+ minuten lesezeit", "counter"),
)  # fmt: skip
_COMMENTS: tuple[tuple[str, str], ...] = (
    (r"(?:reply|reply to this comment|log in to reply|login to reply|antworten|zum antworten anmelden|répondre|responder|rispondi|beantwoorden|reageren|odpowiedz|ответить|svara|svar|yanıtla|permalink|link|like|gefällt mir|report|report abuse|melden|flag|edit|quote|zitieren)\s?[↓↩»|]?", "button of a comment"),
    (r"(?:leave|write|post|add|submit) (?:a|your) (?:comment|reply|response)\b.{0,40}|schreibe? einen kommentar.{0,40}|kommentar (?:verfassen|schreiben|hinterlassen).{0,40}|laisser un commentaire.{0,40}|deja (?:un comentario|una respuesta).{0,40}|lascia un commento.{0,40}|geef een reactie.{0,40}|deixe (?:um comentário|uma resposta).{0,40}|dodaj komentarz.{0,40}", "comment form"),
    (r"you must be (?:logged in|registered).{0,60}|your email address will not be published\..{0,80}|required fields are marked.{0,20}|(?:du musst|sie müssen) (?:angemeldet|eingeloggt) sein.{0,80}|deine e-mail-adresse wird nicht veröffentlicht\..{0,80}|save my name, email.{0,100}|this site uses akismet.{0,100}|votre adresse (?:e-mail|de messagerie) ne sera pas publiée\..{0,80}", "comment form"),
    (r"comments are (?:now )?closed\.?|die kommentare sind geschlossen\.?|les commentaires sont fermés\.?|los comentarios están cerrados\.?|i commenti sono chiusi\.?", "note that comments are closed"),
    (r"(?:older|newer|previous|next) comments\W*|(?:←|«|&larr;)\s*(?:older|newer|ältere|neuere).*|(?:ältere|neuere) kommentare\W*", "page links of the comments"),
    (r"(?:©|copyright|\(c\))\s.{0,120}|(?:proudly )?powered by\b.{0,60}|all rights reserved\.?|alle rechte vorbehalten\.?|privacy policy|terms of (?:use|service)|impressum|datenschutz(?:erklärung)?", "foot of the page"),
)  # fmt: skip


def _compiled(*groups: tuple[tuple[str, str], ...]) -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple(
        (regex.compile(rf"(?:{pattern})", regex.I), reason) for group in groups for pattern, reason in group
    )


_IN_ARTICLE = _compiled(_ANYWHERE, _ARTICLE)
_IN_COMMENTS = _compiled(_ANYWHERE, _COMMENTS)


def in_article(line: str) -> str | None:
    """Why ``line`` is no part of an article's text; None when it is."""
    return _reason(line, _IN_ARTICLE)


def in_comments(line: str) -> str | None:
    """Why ``line`` is no part of a comment's text; None when it is."""
    return _reason(line, _IN_COMMENTS)


def _reason(line: str, rules: tuple[tuple[regex.Pattern[str], str], ...]) -> str | None:
    if len(line) > _LONGEST:
        return None
    return next((reason for pattern, reason in rules if pattern.fullmatch(line)), None)
