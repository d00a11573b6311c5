"""Words that begin or end what people write under an article, in the languages that we know them of.

Each list is what a language uses for one purpose; where two languages share a word it serves the same purpose.
"""

import regex

_GREETING = (
    "hi|hello|hey|hiya|dear|good (?:morning|evening|day|afternoon)|greetings|howdy|"
    "hallo|servus|moin|guten (?:tag|morgen|abend)|grüß gott|grüezi|liebe[rs]?|sehr geehrte[rs]?|"
    "bonjour|bonsoir|salut|coucou|hola|buen[oa]s (?:días|tardes|noches)|ciao|salve|buongiorno|buonasera|"
    "olá|oi|bom dia|boa (?:tarde|noite)|hoi|goede(?:morgen|middag|navond)|beste|hej|hei|cześć|witam|dzień dobry|привет|здравствуйте|merhaba"
)
_THANKS = (
    "thanks|thank you|thank u|thx|many thanks|"
    "danke|vielen dank|herzlichen dank|besten dank|dankeschön|merci|gracias|muchas gracias|grazie|obrigad[oa]|bedankt|dank je|dank u|"
    "tack|takk|tak|kiitos|dzięki|dziękuję|спасибо|teşekkürler"
)
_PRAISE = (
    "great|excellent|awesome|wonderful|fantastic|amazing|brilliant|beautiful|lovely|nice|good|perfect|well (?:said|written|done)|"
    "love|loved|i (?:just |really |absolutely |also )?(?:love|loved|like|liked|enjoyed|agree)|just (?:made|read|tried|found)|so (?:good|helpful|true)|what an?|wow|bravo|congratulations|interesting|"
    "toll(?:er|e|es)?|super|klasse|großartig(?:er|e|es)?|hervorragend(?:er|e|es)?|wunderbar|wunderschön(?:er|e|es)?|sehr (?:gut|schön|interessant)(?:er|e|es)?|schön(?:er|e|es)|gut(?:er|e|es)|unglaublich|ein (?:sehr |wirklich )?(?:\\p{L}+ )?\\p{L}+er (?:artikel|beitrag|text|bericht)|viele gute|"
    "excellente?|superbe?|magnifique|très (?:bon|bonne|beau|belle|bien)|bravo|excelente|muy (?:bueno|buena|bien|interesante)|genial|"
    "ottimo|bellissimo|complimenti|molto (?:bello|buono|interessante)|muito (?:bom|boa|interessante)|parabéns|mooi|prachtig|goed|leuk|heerlijk"
)
_SIGN_OFF = (
    "(?:kind |best |warm )?regards|cheers|best(?: wishes)?|sincerely|yours|love|keep up the good work|thanks(?: again| in advance)?|thank you(?: (?:so|very) much)?|greetings|god bless|"
    "(?:(?:ganz |viele |liebe |beste |schöne |sonnige |herzliche |freundliche )*grüße|(?:mit |viele |einen )?(?:freundliche[nr]|liebe[nr]|beste[nr]|herzliche[nr]|schöne[nr])? ?(?:grüßen|gruß|grüssen|gruss))(?: (?:aus|von|vom)(?: der| dem)?)?|lg|vg|mfg|glg|danke(?: und| im voraus| vorab)?|danke und gruß|weiter so|"
    "cordialement|bien à vous|amitiés|merci(?: d[’']avance)?|saludos|un saludo|gracias|cordiali saluti|saluti|grazie|abraços?|obrigad[oa]|groet(?:en|jes)?|met vriendelijke groet|gr"
)
#: Thanks for an answer that is hoped for end a question: "thanks for any help".
_HOPES = (
    "(?:many )?thanks (?:in advance|for (?:any|your) (?:help|answers?|advice|suggestions?|tips?|reply|replies))|thank you for (?:any|your) (?:help|advice|suggestions?)|"
    "(?:vielen |herzlichen |besten )?dank(?:e)? (?:schon )?(?:im voraus|vorab|für (?:eure|ihre|deine|die|jede) (?:schnelle )?(?:hilfe|antwort(?:en)?|rückmeldung|tipps?))|"
    "merci (?:d[’']avance|par avance|pour (?:votre|ton|toute) (?:aide|réponse|retour))|(?:muchas )?gracias (?:de antemano|por (?:su|tu|la|cualquier) (?:ayuda|respuesta))|"
    "grazie (?:in anticipo|mille in anticipo|per (?:l[’']aiuto|la risposta))|obrigad[oa] (?:desde já|pela ajuda)|(?:alvast )?bedankt (?:alvast|voor (?:de|jullie|je|uw) hulp)"
)
_CONNECTIVE = (
    "also|and|but|or|yet|so|because|however|moreover|furthermore|besides|in addition|additionally|therefore|thus|hence|indeed|nevertheless|nonetheless|still|"
    "then|otherwise|instead|meanwhile|likewise|similarly|conversely|in (?:fact|short|contrast|conclusion|summary|other words)|on the other hand|on top of|for (?:example|instance|one)|"
    "as (?:for|stated|mentioned|said|such|an example)|that said|having said|to be (?:fair|clear|honest)|first(?:ly)?|second(?:ly)?|third(?:ly)?|lastly|another|at the same time|after that|"
    "even (?:if|though|so|then|more)|in the end|overall|all in all|to sum up|in sum|by the way|btw|anyway|"
    "und|aber|oder|denn|auch|außerdem|zudem|ferner|übrigens|dennoch|trotzdem|allerdings|jedoch|deshalb|daher|darum|somit|also|dazu|dabei|danach|dann|damit|darüber hinaus|"
    "zum beispiel|beispielsweise|als beispiel|andererseits|einerseits|erstens|zweitens|drittens|schließlich|letztlich|immerhin|fatalerweise|leider|natürlich|kurz(?:um)?|zum (?:letzten|thema|schluss)|nebenbei|alles in allem|insgesamt|zusammenfassend|unterm strich|"
    "mais|ou|donc|car|cependant|toutefois|pourtant|en outre|de plus|par exemple|en effet|ensuite|enfin|d’ailleurs|par ailleurs|bref|en résumé|en somme|au final|"
    "pero|además|también|sin embargo|por ejemplo|por (?:otro lado|eso|tanto)|entonces|luego|finalmente|en resumen|en definitiva|"
    "ma|inoltre|anche|tuttavia|però|per esempio|quindi|dunque|infine|insomma|in sintesi|mas|também|além disso|porém|contudo|por exemplo|portanto|depois|resumindo|"
    "maar|ook|bovendien|daarnaast|verder|echter|toch|dus|daarom|bijvoorbeeld|ten (?:eerste|tweede|slotte)|kortom|al met al|"
    "men|och|dessutom|dock|ale|jednak|poza tym|но|также|однако|кроме того|например"
)
_POINTING_BACK = (
    "this|that|these|those|such|it|he|she|they|his|her|their|"
    "dies|dieser|diese|dieses|jene[rs]?|solche[rs]?|deren|dessen|davon|daran|hierzu|"
    "cela|ça|cet|cette|ces|esto|eso|estos|estas|ese|esa|questo|questa|questi|queste|ciò|isso|isto|esse|essa|"
    "dit|dat|deze|zij|detta|dessa|это|этот|эта"
)
_POSTSCRIPT = "p\\.?\\s?s\\.?|pps|edit(?:ed)?|update|addendum|nachtrag|edith?|note|nb|nota"
_PIECE = (
    "article|post|piece|blog|site|website|column|essay|story|author|writer|recipe|review|video|podcast|tutorial|report|interview|sharing|posting|"
    "artikel|beitrag|bericht|text|autor(?:in)?|recherche|kommentar|rezept|kolumne|seite|redaktion|"
    "article|billet|recette|auteur|artículo|receta|autora?|articolo|ricetta|autore|artigo|receita|recept|stuk|bericht|inlägg|wpis|artykuł|статья|статью"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _opens(words: str) -> regex.Pattern[str]:
    return regex.compile(rf"^[\"“„«¡¿(\s*~]*(?:{words})(?!\p{{L}}|[’']\p{{L}})", regex.I)


GREETING = _opens(_GREETING)
THANKS = _opens(_THANKS)
PRAISE = _opens(_PRAISE)
CONNECTIVE = _opens(_CONNECTIVE)
POINTING_BACK = _opens(_POINTING_BACK)
POSTSCRIPT = regex.compile(rf"^\W*(?:{_POSTSCRIPT})(?:\s*[:.)–-]|\s*$)", regex.I)
#: A paragraph that is a sign-off and at most a few words more, such as a name.
SIGN_OFF = regex.compile(rf"^\W*(?:{_SIGN_OFF})(?!\p{{L}})(?:\W+\p{{L}}+){{0,3}}\W*$", regex.I)
HOPES = regex.compile(rf"^\W*(?:{_HOPES})(?!\p{{L}})[^.!?\n]{{0,12}}\W*$", regex.I)
#: A last sentence that is a sign-off.
ENDS_SIGNED = regex.compile(
    rf"(?:[.!?…\n)]|\p{{So}})\s*(?:{_SIGN_OFF})(?!\p{{L}})(?:\W+\p{{L}}+){{0,4}}\W*$", regex.I
)
#: What a site puts under a long comment that it folds.
UNFOLD = regex.compile(
    r"^\W*(?:(?:read|show|see|view|expand) (?:more|all|full comment)|expand|aufklappen|ausklappen|mehr (?:an)?zeigen|mehr lesen|weiterlesen|"
    r"lire (?:la suite|plus)|voir plus|afficher plus|leer más|ver más|mostrar más|leggi tutto|mostra altro|ler mais|ver mais|lees (?:meer|verder)|"
    r"toon meer|visa mer|läs mer|pokaż więcej|czytaj dalej|читать дальше|показать полностью)\W*$",
    regex.I,
)
#: Such a line ends a comment; so does all that a blog says when it repeats a post elsewhere without a word of its own.
CLOSES = regex.compile(
    rf"{UNFOLD.pattern}|^\W*(?:reblogged this on\b(?!.*comment)|hat dies auf\b.*rebloggt(?!.*komment)|a reblogué ceci sur\b(?!.*comment)|reblogueó esto en\b(?!.*coment))[^\n]{{0,80}}$",
    regex.I,
)
#: The first sentence speaks of the piece itself.
PIECE = regex.compile(rf"(?<!\p{{L}})(?:{_PIECE})s?(?!\p{{L}})", regex.I)
SECOND_PERSON = regex.compile(
    r"(?<!\p{L})(?:you|your|yours|u|you['’](?:re|ve|d|ll)|du|dir|dich|dein\w*|ihr|euch|euer|eure\w*|tu|te|toi|ton|ta|tes|vous|votre|vos|tú|ti|tus|usted|voi|jij|je|jou|jouw|ty|ciebie|ты|вы)(?!\p{L})",
    regex.I,
)
FIRST_PERSON = regex.compile(
    r"^\W*(?:I(?:[’'](?:m|ve|d|ll))?|ich|je|j[’']\p{L}+|yo|io|eu|ik|jag|jeg|minä|я)(?!\p{L})",
    regex.I,
)
WE = regex.compile(
    r"(?<!\p{L})(?:we|(?-i:us)|our|ours|we['’](?:re|ve|d|ll)|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr\w+|noi|nostr\w+|nós|noss\w+|wij|ons|onze|nas|мы|нас|наш\w*)(?!\p{L})",
    regex.I,
)
#: "Wanda, you forgot": somebody is called by name.
VOCATIVE = regex.compile(r"^\W*\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)?,\s")

#: Words of five letters and more that tie no two texts together, however rare they are on a small page.
SMALL_WORDS = _words(
    "about after again against almost along already although always among another anything around because become been before behind being "
    "below better between beyond both cannot could couldn’t couldn't didn’t didn't doesn’t doesn't doing don’t don't during each either enough even every everyone "
    "everything first found getting given going having hence here’s however indeed instead isn’t isn't itself just know later least less like little "
    "looking makes making maybe might more most much myself never nothing often only other others otherwise ought people perhaps quite rather really "
    "right same several shall should shouldn’t since some someone something sometimes still such than thank thanks that’s that's their them themselves then there there’s "
    "there's these they’re they're thing things think this those though through thus today together under until using very want wants wasn’t wasn't well "
    "were what what’s whatever when where whether which while who whole whose will with within without won’t won't would wouldn’t yourself "
    "aber alle allem allen aller alles andere anderen anderer auch beim bereits bisher dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darf darin "
    "darum darüber dass davon dazu dein deine denen denn dennoch deren dessen deshalb diese diesem diesen dieser dieses doch dort durch eben eigentlich einem einen "
    "einer eines einfach einige einmal etwas euch eure ganze ganzen genau gerade gerne gewesen gibt haben hast hatte hatten hätte heute hier hinter ihnen ihre ihrem ihren "
    "ihrer immer irgendwie jede jedem jeden jeder jedes jedoch jemand jetzt kann keine keinem keinen keiner können könnte könnten lassen leider letzten machen macht manchmal "
    "meine meinem meinen meiner meisten möchte möglich müssen nach natürlich nein nicht nichts noch nämlich oben obwohl oder ohne schon sehr seine seinem seinen seiner "
    "seit selber selbst sich sicher sind sogar solche sollte sollten sondern sonst später trotzdem über überhaupt unsere unserem unseren unter viel viele vielen vielleicht "
    "vom von vor wahrscheinlich wäre wären warum weil weiter welche welcher wenig weniger wenn werde werden wieder wird wirklich wissen worden wurde wurden würde würden "
    "zwar zwischen ainsi alors après aussi autre autres avant avec avoir beaucoup c’est c'est cela celle celui cette ceux chaque comme comment contre d’une dans depuis donc elle "
    "elles encore entre est-ce étaient était être faire leur leurs mais même merci moins notre nous parce pendant peut peuvent plus plutôt pour pourquoi quand quelque "
    "quelques quoi sans sera sont sous tous tout toute toutes très trop vers votre vous ahora algo algunos antes aquí aunque cada como cómo contra cual cuando desde después "
    "donde ellos entonces entre ese esos está están estar este estos gracias hacer hasta hay menos mismo mucho muchos nada nosotros nunca otra otros para pero poco porque "
    "puede pueden quien siempre sobre también tanto tiene tienen todas todos todo allora anche ancora bene come cosa così della delle dello dove dopo erano essere fare fatto "
    "hanno invece molto nella nelle nostro perché però perchè prima proprio quale quando quella quello questa queste questi questo sempre senza siamo sono stata stato "
    "sulla tutti tutto ainda aquele assim depois então essa esse estão fazer isso mais mesmo muito nossa para pela pelo porque quando quem seja sempre também tudo você altijd "
    "andere daar deze door echt geen gewoon heeft hebben heel hier hoe iets jullie kunnen maar meer mijn moet naar nadat niet niets nog omdat onder ook over toch tussen "
    "veel verder voor waar wanneer want waren weer wel werd willen worden zeer zelf zich zijn zonder zoals zou zouden"
)
#: "I finally made this", "Habe ich gestern ausprobiert": a reader reports.
EXPERIENCE = regex.compile(
    r"^\W*(?:I(?:[’']ve|[’']m| have| had| am| was)?(?: (?:just|finally|also|only|recently|once|too|have|never|not|really|actually|did))* (?:read|watch(?:ed|ing)|made|making|tried|trying|saw|seen|found|bought|baked|cooked|used|using|wait(?:ed|ing)|follow(?:ed|ing)|came|heard|discovered|stumbled)\b"
    r"|(?:ich )?(?:hab|habe|bin|hatte|war)(?: ich)?\b[^.!?\n]{0,80}\b(?:gelesen|gesehen|gemacht|probiert|ausprobiert|gebacken|gekocht|gefunden|gekauft|gehört|gestoßen|entdeckt)\b"
    r"|j[’'](?:ai|avais)\b[^.!?\n]{0,40}\b(?:lu|vu|fait|essayé|testé|trouvé|acheté|entendu|découvert)\b|(?:yo )?he (?:leído|visto|hecho|probado|comprado|encontrado)\b|ho (?:letto|visto|fatto|provato|trovato|comprato)\b|ik heb\b[^.!?\n]{0,60}\b(?:gelezen|gezien|gemaakt|geprobeerd|gevonden|gekocht)\b)",
    regex.I,
)
