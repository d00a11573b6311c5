"""What the words of a date mean: months, days of the week, halves of the day, and the small words between them."""

import unicodedata
from collections import defaultdict
from functools import cache

#: The months of each language, from January on; a slash parts forms of one month. Beginnings of three letters and more
#: are understood as well.
_MONTHS: dict[str, str] = {
    "en": "january february march april may june july august september october november december",
    "de": "januar/jänner/jenner februar/feber märz/mrz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet/juil août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "cs": "ledna/leden února/únor března/březen dubna/duben května/květen června/červen/čvn července/červenec/čvc srpna/srpen září října/říjen listopadu/listopad prosince/prosinec",
    "sk": "januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta/august septembra/september októbra/október novembra/november decembra/december",
    "ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "uk": "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
    "be": "студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік мая/май чэрвеня/чэрвень ліпеня/ліпень жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад снежня/снежань",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "sr": "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
    "hr": "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada/listopad studenoga/studenog/studeni prosinca/prosinac",
    "bs": "januar/januara februar/februara mart/marta april/aprila maj/maja juni/juna juli/jula avgust/avgusta septembar/septembra oktobar/oktobra novembar/novembra decembar/decembra",
    "sl": "januar/januarja februar/februarja marec/marca april/aprila maj/maja junij/junija julij/julija avgust/avgusta september/septembra oktober/oktobra november/novembra december/decembra",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie/nov decembrie",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "fi": "tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "lv": "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī",
    "lt": "sausio/sausis vasario/vasaris kovo/kovas balandžio/balandis gegužės/gegužė birželio/birželis liepos/liepa rugpjūčio/rugpjūtis rugsėjo/rugsėjis spalio/spalis lapkričio/lapkritis gruodžio/gruodis",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "el": "ιανουαρίου/ιανουάριος φεβρουαρίου/φεβρουάριος μαρτίου/μάρτιος απριλίου/απρίλιος μαΐου/μάιος/μάϊος ιουνίου/ιούνιος ιουλίου/ιούλιος αυγούστου/αύγουστος σεπτεμβρίου/σεπτέμβριος οκτωβρίου/οκτώβριος νοεμβρίου/νοέμβριος δεκεμβρίου/δεκέμβριος",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "gl": "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
    "eu": "urtarrila/urtarrilak otsaila/otsailak martxoa/martxoak apirila/apirilak maiatza/maiatzak ekaina/ekainak uztaila/uztailak abuztua/abuztuak iraila/irailak urria/urriak azaroa/azaroak abendua/abenduak",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "ka": "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
    "hy": "հունվարի/հունվար փետրվարի/փետրվար մարտի/մարտ ապրիլի/ապրիլ մայիսի/մայիս հունիսի/հունիս հուլիսի/հուլիս օգոստոսի/օգոստոս սեպտեմբերի/սեպտեմբեր հոկտեմբերի/հոկտեմբեր նոյեմբերի/նոյեմբեր դեկտեմբերի/դեկտեմբեր",
    "ar": "يناير/كانونالثاني/جانفي فبراير/شباط/فيفري مارس/آذار أبريل/ابريل/نيسان/أفريل مايو/أيار/ماي يونيو/يونيه/حزيران/جوان يوليو/يوليه/يوليوز/تموز/جويلية أغسطس/اغسطس/آب/غشت/أوت سبتمبر/أيلول/شتنبر أكتوبر/اكتوبر/تشرينالأول نوفمبر/تشرينالثاني/نونبر ديسمبر/كانونالأول/دجنبر",
    "fa": "ژانویه/ژانویهٔ فوریه/فوریهٔ مارس آوریل مه/مهٔ/می ژوئن ژوئیه/ژوئیهٔ/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "he": "ינואר/ינו פברואר/פבר מרץ אפריל/אפר מאי יוני יולי אוגוסט/אוג ספטמבר/ספט אוקטובר/אוק נובמבר/נוב דצמבר/דצמ",
    "hi": "जनवरी/जन फ़रवरी/फरवरी/फ़र मार्च अप्रैल/अप्रै मई जून जुलाई/जुल अगस्त/अग सितंबर/सितम्बर/सित अक्टूबर/अक्तूबर/अक्टू नवंबर/नवम्बर/नव दिसंबर/दिसम्बर/दिस",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "bn": "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "th": "มกราคม/มค กุมภาพันธ์/กพ มีนาคม/มีค เมษายน/เมย พฤษภาคม/พค มิถุนายน/มิย กรกฎาคม/กค สิงหาคม/สค กันยายน/กย ตุลาคม/ตค พฤศจิกายน/พย ธันวาคม/ธค",
    "id": "januari februari maret april mei juni juli agustus/agt september oktober/okt november desember",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "zh": "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
}  # fmt: skip
#: The months of the Persian calendar.
PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_MORNING = "am πμ ص قظ sáng पूर्वाह्न dop öö 上午 午前 오전 凌晨 早上"
_AFTERNOON = "pm μμ م بظ chiều tối अपराह्न odp ös 下午 午後 오후 晚上"
_WEEKDAYS = (
    "sunday monday tuesday wednesday thursday friday saturday sun mon tue tues wed thu thur thurs fri sat sonntag montag dienstag mittwoch donnerstag freitag samstag sonnabend so mo di mi do fr sa"
    " dimanche lundi mardi mercredi jeudi vendredi samedi dim lun mar mer jeu ven sam domingo lunes martes miércoles jueves viernes sábado dom mié jue vie sáb segunda-feira terça-feira quarta-feira"
    " quinta-feira sexta-feira segunda terça quarta quinta sexta seg ter qua qui sex domenica lunedì martedì mercoledì giovedì venerdì sabato gio zondag maandag dinsdag woensdag donderdag vrijdag zaterdag"
    " zo ma wo vr za niedziela poniedziałek wtorek środa czwartek piątek sobota niedz nie pon wto wt śro śr czw pią pt sob neděle pondělí úterý středa čtvrtek pátek ne po út st čt pá nedeľa pondelok utorok streda štvrtok piatok"
    " št pi воскресенье понедельник вторник среда четверг пятница суббота вс пн вт ср чт пт сб неділя понеділок вівторок середа четвер п’ятниця пʼятниця субота нд неделя сряда четвъртък петък събота недеља понедељак уторак четвртак петак"
    " nedjelja nedelja ponedjeljak ponedeljak utorak srijeda sreda četvrtak petak subota ned sre čet pet sub torek četrtek petek duminică luni marți miercuri joi vineri sâmbătă mie vin sâm vasárnap hétfő kedd szerda csütörtök péntek szombat"
    " sunnuntai maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntaina maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina su ti ke to pe la pühapäev esmaspäev teisipäev kolmapäev neljapäev reede laupäev"
    " svētdiena pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena sekmadienis pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis söndag måndag tisdag onsdag torsdag fredag lördag sön mån tis ons tors tor fre lör"
    " søndag mandag tirsdag lørdag søn man tirs tir lør sunnudagur mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur κυριακή δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυρ δευ τρί τετ πέμ παρ σάβ"
    " pazar pazartesi salı çarşamba perşembe cuma cumartesi paz pzt sal çar per cum cmt الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه شنبه یک دو سه چهار پنج"
    " ראשון שני שלישי רביעי חמישי שישי שבת יום रविवार सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार वันอาทิตย์ วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ minggu senin selasa rabu kamis jumat sabtu min sen sel rab kam jum sab"
    " ahad isnin khamis jumaat chủ nhật thứ hai ba tư năm sáu bảy diumenge dilluns dimarts dimecres dijous divendres dissabte luns xoves venres igandea astelehena asteartea asteazkena osteguna ostirala larunbata"
    " e diel hënë martë mërkurë enjte premte shtunë"
)
#: What stands between the parts of a date, or before it.
_BETWEEN = (
    "on at of the in to @ um uhr den dem der vom am le la les à a du de del el las los do da em às as il alle ore op om dnia dne v ve vo o godz godzinie hod hodin hod kl klokken klo kello klukkan den d de"
    " о г год года году г. р року у в во ч час от ob uri u sati h στις στη στην ώρα την tarihinde tarih saat saatinde pada pukul jam jm lúc vào ngày lúc giờ เวลา น เมื่อ วันที่ को बजे पर الساعة ساعة في بتاريخ در ساعت תאריך בשעה ב ל ה"
    " m d g kell kl. plkst gada ko ora a-la ore ora ól orakor posted published submitted written sent created added date datum fecha data дата geschrieben verfasst erstellt eingetragen gespeichert veröffentlicht publié posté"
    " écrit rédigé soumis publicado enviado escrito inviato scritto pubblicato geplaatst geschreven dodano napisano odoslané lagt skrevet skrivet postat julkaistu lähetetty написано добавлено опубликовано отправлено 发表 發表 发布 發布 发表于 發表於 发布于 投稿 작성 작성일 등록"
    " hrs hours heures heure min sek sec de-a st nd rd th"
)
_ZONES = {"utc": 0, "gmt": 0, "z": 0, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "est": -300, "edt": -240, "pst": -480, "pdt": -420, "mst": -420, "mdt": -360, "cdt": -300, "bst": 60, "jst": 540, "kst": 540, "msk": 180, "мск": 180}  # fmt: skip
_LEAST_BEGINNING = 3


def normal(word: str) -> str:
    """A word without case, without accents of the scripts that have them, without dots and marks of direction."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    kept = (
        character for character in folded if not ("\u0300" <= character <= "\u036f" or character in _DROPPED)
    )
    return unicodedata.normalize("NFC", "".join(kept)).replace("ı", "i").replace("ς", "σ")


_DROPPED = frozenset(".'’׳״\u200b\u200c\u200d\u200e\u200f")


@cache
def _months_of(language: str) -> dict[str, int]:
    months: dict[str, int] = {}
    beginnings: defaultdict[str, set[int]] = defaultdict(set)
    for number, forms in enumerate(_MONTHS.get(language, "").split(), 1):
        for form in map(normal, forms.split("/")):
            months[form] = number
            for end in range(_LEAST_BEGINNING, len(form)):
                beginnings[form[:end]].add(number)
    for beginning, numbers in beginnings.items():
        if len(numbers) == 1:
            months.setdefault(beginning, *numbers)
    return months


@cache
def _months_of_all() -> dict[str, int]:
    """Words that are one month in every language that has them."""
    meanings: defaultdict[str, set[int]] = defaultdict(set)
    for language in _MONTHS:
        for word, number in _months_of(language).items():
            meanings[word].add(number)
    return {word: next(iter(numbers)) for word, numbers in meanings.items() if len(numbers) == 1}


@cache
def _persian_months() -> dict[str, int]:
    return {normal(name): number for number, name in enumerate(PERSIAN_MONTHS.split(), 1)}


@cache
def _small_words() -> dict[str, str]:
    words = dict.fromkeys(map(normal, _BETWEEN.split()), " ")
    words |= dict.fromkeys(map(normal, _WEEKDAYS.split()), " ")
    words |= dict.fromkeys(map(normal, _AFTERNOON.split()), "p")
    words |= dict.fromkeys(map(normal, _MORNING.split()), "a")
    return words


def month_of(word: str, language: str | None) -> int | None:
    """The month that a normal word names, in the page's language or in any; 13 to 24 are those of the Persian year."""
    if language and (number := _months_of(language).get(word)):
        return number
    for form in (word, word[1:] if word[:1] in "בלd" else ""):
        if form and (number := _months_of_all().get(form)):
            return number
    number = _persian_months().get(word)
    return number + 12 if number else None


def meaning_of(word: str) -> str | None:
    """``a`` before noon, ``p`` after it, a space for what says nothing; None for a word that no date has."""
    return _small_words().get(word)


def offset_of(word: str) -> int | None:
    """Minutes east of Greenwich, for a zone's name that means one zone."""
    return _ZONES.get(word)
