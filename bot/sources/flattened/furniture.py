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
#: Newspapers and engines put these words under each comment, one a line or several in one.
_BUTTON = (
    r"reply to this comment|log in to reply|login to reply|reply|zum antworten anmelden|anmelden,? um zu antworten|antworten|"
    r"connectez-vous pour répondre|répondre|accede para responder|inicia sesión para responder|responder|rispondi|beantwoorden|reageren|odpowiedz|"
    r"ответить|svara|svar|yanıtla|permalink|permanent link|link|dislike|like|gefällt mir(?: nicht)?|j[’']aime|je n[’']aime pas|me gusta|no me gusta|mi piace|"
    r"upvote|downvote|report abuse|report|melden|signaler|denunciar|reportar|segnala|flag|edit|bearbeiten|modifier|editar|quote|zitieren|citer|citar|"
    r"share|teilen|partager|compartir|condividi|delen|vind ik leuk|rapporteren|gilla|dela|anmäl|synes godt om|del|lubię to!?|udostępnij|zgłoś|odpovědět|sdílet|"
    r"jaa|vastaa|tykkää|cevapla|paylaş|поделиться|пожаловаться|нравится|відповісти|поділитися|返信|いいね!?|共有|通報|回复|回覆|分享|举报|檢舉|赞|讚|답글|좋아요|공유|신고|"
    r"embed|save|unsave|parent|context|full comments|give award|award|crosspost|collapse|translate to english|see translation|übersetzung anzeigen|voir la traduction|ver traducción"
)
#: "3y", "12 h", "3 J.", "2 Std.", "3 г.", "3年": an age as a button bar shortens it.
SHORT_AGE = r"\d{1,3}\s?(?:s|m|h|d|w|y|mo|min|hrs?|yrs?|wks?|std|tg|wo|j|mon|jrs?|ans?|sem|sett|anni|años?|a|u|dgn|jr|v|å|godz|dni|tyg|l|lata|г|л|лет|нед|дн|ч|мин|年|週間|日|時間|分)\.?"
_BAR = rf"[\s•*·↩⤷-]*(?:(?:{_BUTTON})[\s|·•/,↓↩»›→▸▾⚑]*)+"
_COMMENTS: tuple[tuple[str, str], ...] = (
    (rf"{_BAR}(?:{SHORT_AGE})?(?:\s*[·•|]?\s*(?:edited|bearbeitet|\d{{1,5}}))?", "button of a comment"),
    (rf"{SHORT_AGE}{_BAR}", "button of a comment"),
    (r"[•·|⚑−–▲▼△▽\s-]+", "pictures of buttons"),
    (r"\(?(?:edited|bearbeitet|modifié|editado|modificato|bewerkt)\)?", "mark of an edited comment"),
    (r"(?:[▲△⬆👍]\s?\d+(?:\s?[▼▽⬇👎−-]\s?\d*)?|(?:▲|△)?\s?\d+\s?(?:▼|▽)|\d+ (?:likes?|upvotes?|votes?|points?|people like this|gefällt das|stimmen?|punkte?|j[’']aime|votes? positifs?|me gusta|votos?|puntos?|mi piace))", "vote count"),
    (r"(?:(?:view|show|hide|load|see|alle|weitere|afficher|voir|masquer|ver|mostrar|ocultar|mostra)\s+)?(?:(?:more|all|les|las|\d+)\s+){0,2}(?:repl(?:y|ies)|responses?|antwort(?:en)?|réponses?|respuestas?|risposte|risposta)(?:\s+(?:anzeigen|ausblenden))?\s?[▾▼▴▲⌄›»]?", "count of replies"),
    (r"…?\s?(?:(?:see|read|show|load) (?:more|less)(?: comments)?|mehr (?:anzeigen|lesen)|weiterlesen|(?:voir|lire|afficher) (?:plus|la suite)|(?:ver|leer|mostrar) más|mostra altro)\s?[…»›▾]?", "fold of a long comment"),
    (r"(?:sort by\s.{1,20}|sort by|(?:newest|oldest|best|top) first|sortier(?:en|t) nach\s.{1,30}|trier par\s.{1,30}|ordenar por\s.{1,30}|neueste zuerst|älteste zuerst)", "order of the comments"),
    (r"(?:join the discussion|start the discussion|rejoignez la discussion|únete a la conversación|beteiligen sie sich an der diskussion)\W*|log in (?:with|to comment|or sign up).{0,60}", "comment form"),
    (r"avatar(?: (?:for|of|von|de)\b.{0,60})?|(?:profilbild|photo de profil|foto de perfil)(?: (?:von|de)\b.{0,60})?", "alternative texts of images"),
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


_SHORT_AGE = regex.compile(rf"(?<![\p{{L}}\d])(?:{SHORT_AGE})(?!\p{{L}}|\d)", regex.I)


def short_age(line: str) -> str | None:
    """The short age in ``line``, if it is one or stands among buttons; None elsewhere."""
    match = _SHORT_AGE.search(line) if len(line) <= _LONGEST else None
    if match is None or not (match.group() == line or in_comments(line)):
        return None
    return match.group()


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
