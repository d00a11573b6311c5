"""Times that are told from now, such as "3 years ago": what is asked is only whether a text is one."""

import regex

from bot.sources.calendars.vocabulary import normal

#: Longer text is prose.
LONGEST = 40
_UNITS = (
    "s sec secs second seconds min mins minute minutes h hr hrs hour hours d day days w wk wks week weeks mo mos month months y yr yrs year years sekunde sekunden minuten stunde stunden std tag tage tagen woche wochen monat monate monaten jahr jahre jahren"
    " seconde secondes heure heures jour jours semaine semaines mois an ans année années segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses mês año años ano anos secondo secondi minuti ora ore giorno giorni settimana settimane"
    " mese mesi anno anni seconden minuut uur uren dag dagen week weken maand maanden jaar jaren sekundę sekundy sekund minutę minuty minut godzina godzinę godziny godzin dzień dni tydzień tygodnie tygodni miesiąc miesiące miesięcy rok lata lat roku let roky"
    " hodina hodinu hodiny hodin hodinou hodinami den dny dní dnem týden týdny týdnů týdnem měsíc měsíce měsíců měsícem minutou minutami rokem lety секунду секунды секунд минуту минуты минут мин час часа часов ч день дня дней дн неделю недели недель нед месяц месяца месяцев мес год года лет"
    " секунда хвилину хвилини хвилин годину години годин день дні днів тиждень тижні тижнів місяць місяці місяців рік роки років δευτερόλεπτα λεπτό λεπτά ώρα ώρες ημέρα ημέρες μέρα μέρες εβδομάδα εβδομάδες μήνα μήνας μήνες χρόνο χρόνος χρόνια έτος έτη"
    " saniye dakika saat gün hafta ay yıl sene ثانية ثوان ثواني دقيقة دقائق دقيقتين ساعة ساعات ساعتين يوم أيام يوما يومين أسبوع أسابيع أسبوعين شهر أشهر شهور شهرين شهرا سنة سنوات سنتين سنين عام أعوام عامين عاما ثانیه دقیقه ساعت روز هفته ماه سال"
    " שניות דקה דקות שעה שעות שעתיים יום ימים יומיים שבוע שבועות שבועיים חודש חודשים חודשיים שנה שנים שנתיים सेकंड मिनट घंटा घंटे दिन सप्ताह हफ़्ते महीना महीने माह वर्ष साल giây phút giờ ngày tuần tháng năm detik menit jam hari minggu bulan tahun"
    " sekuntia sekunti minuuttia minuutti tuntia tunti päivää päivä viikkoa viikko kuukautta kuukausi kk vuotta vuosi sekunder minuter timme timmar dag dagar vecka veckor månad månader år timer time dage uge uger måned måneder dager uke uker sekund minutt"
    " másodperce perce órája napja hete hónapja éve másodperc perc óra nap hét hónap év secunde oră zile zi săptămână săptămâni lună luni ani วินาที นาที ชั่วโมง วัน สัปดาห์ เดือน ปี секунди минута часа дни ден седмица седмици месец месеца година години"
)
_AROUND = (
    "ago vor il y a hace há fa geleden atrás przed temu před назад тому πριν από önce منذ قبل پیش לפני पहले trước yang lalu sitten sedan för for siden ezelőtt acum în urmă ที่แล้ว ที่ผ่านมา преди pre prije pirms enne prieš ago·"
    " about over almost around ca etwa circa environ cerca de fast más mais meer dan more than less than under vermehr als plus d aproximadamente około okolo около and und et y e en i и ve ביותר ו edited last just"
)
_ONE = "a an one ein einer einem einen eine un une una um uma één een jeden jedną jednu один одну en ett et bir satu một few couple paar einigen"
_ALONE = (
    "now today yesterday heute gestern vorgestern jetzt hier aujourd’hui maintenant ayer hoy hoje ontem oggi ieri vandaag gisteren eergisteren dziś dzisiaj wczoraj dnes včera сегодня вчера сьогодні вчора σήμερα χθες χτες bugün dün اليوم أمس امروز دیروز היום אתמול आज कल"
    " hôm nay qua kemarin tänään eilen idag igår i går dag ma tegnap azi ieri วันนี้ เมื่อวาน avant-hier anteayer soeben gerade eben"
)
_EAST_ASIAN = regex.compile(
    r"\W*(?:約|约|大约|약)?\s?\d+\s?(?:秒鐘?|秒钟|分钟|分鐘|分間?|个?小时|個?小時|時間|天|日|个?星期|個?星期|周間?|週間?|个月|個月|[ヶかカケ箇]月|月|年|초|분|시간|일|주|개월|달|년)\s?(?:以上)?(?:前|之前|以前|전)\W*|\d+\s?(?:ปี|เดือน|สัปดาห์|วัน|ชั่วโมง|นาที|วินาที)(?:ที่แล้ว|ที่ผ่านมา|ก่อน)|(?:昨天|今天|前天|昨日|今日|어제|오늘|刚刚|剛剛|たった今|방금)(?:\s?\d{1,2}[:：]\d\d)?"
)
_WORD = regex.compile(r"\d+|[\p{L}\p{M}][\p{L}\p{M}’'׳-]*")
_CLOCK = regex.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?)?", regex.I)
_THOUSANDS = regex.compile(r"\d[.,’]\d{3}")
#: No age has larger numbers; years do.
_LARGEST = 1000


def _vocabulary(words: str) -> frozenset[str]:
    return frozenset(map(normal, words.split()))


_UNIT_WORDS, _AROUND_WORDS, _ONE_WORDS, _ALONE_WORDS = map(_vocabulary, (_UNITS, _AROUND, _ONE, _ALONE))
_JOINING_WORDS = _vocabulary(
    "at um à a las às alle om o v в о kl klo saat la lúc uhr den d de y e i и і ve et und and dan"
)
_AGO_WORDS = _AROUND_WORDS - _JOINING_WORDS
_KNOWN = _UNIT_WORDS | _AROUND_WORDS | _ONE_WORDS | _ALONE_WORDS | _JOINING_WORDS


def is_age(text: str) -> bool:
    """Whether a text is a time told from now, and nothing else: "3 years ago", "gestern, 15:14", "2 年前"."""
    text = " ".join(text.split()).strip(" .·•,|()–—-")
    if not text or len(text) > LONGEST or _THOUSANDS.search(text):
        return False
    if _EAST_ASIAN.fullmatch(text):
        return True
    words = [word if word.isdecimal() else normal(word) for word in _WORD.findall(_CLOCK.sub(" ", text))]
    if not words or not all(word.isdecimal() or word in _KNOWN for word in words):
        return False
    numbers = [int(word) for word in words if word.isdecimal()]
    if any(word in _ALONE_WORDS for word in words):
        return not numbers
    if not any(word in _UNIT_WORDS for word in words) or any(number >= _LARGEST for number in numbers):
        return False
    return bool(numbers) or any(word in _AGO_WORDS for word in words)
