"""Month and zone names as feeds write them, of the languages that feeds use most.

A table of our own because no light library reads them: dateparser brings regex, tzlocal and pytz
and takes milliseconds a string; babel knows the names but reads only whole known patterns.
"""

_MONTHS = """
january jan januar januari janvier janv jan enero ene gennaio gen janeiro janeiro januarie
 styczeń stycznia sty leden ledna led január jan tammikuu tammikuuta tammi ocak oca январь января
 янв
 січень січня січ ιανουαρίου ιανουάριος ιαν ianuarie ian jänner jän gener gen януари siječanj
 siječnja يناير ינואר
 一月
february feb februar februari février fevrier févr fevr fév febrero febbraio fevereiro fev
 februarie
 luty lutego lut únor února úno február febr helmikuu helmikuuta helmi şubat şub февраль февраля
 фев
 лютий лютого лют φεβρουαρίου φεβρουάριος φεβ februarie feber febrer февруари veljača veljače
 فبراير פברואר 二月
march mar märz maerz mär mrz maart mrt mars marzo março marco marts marec
 marzec marca březen března bře március márc maaliskuu maaliskuuta maalis mart март марта мар
 березень березня бер μαρτίου μάρτιος μαρ martie març març ožujak ožujka مارس מרץ 三月
april apr avril avr abril abr aprile aprilie
 kwiecień kwietnia kwi duben dubna dub április ápr huhtikuu huhtikuuta huhti nisan nis апрель
 апреля апр
 квітень квітня кві απριλίου απρίλιος απρ april aprill април travanj travnja أبريل אפריל 四月
may mai mei mayo maggio mag maio maj
 maj maja květen května kvě május máj toukokuu toukokuuta touko mayıs may май мая
 травень травня тра μαΐου μάιος μαΐ μαι μάι maig май svibanj svibnja مايو מאי 五月
june jun juni juin junio giugno giu junho
 czerwiec czerwca cze červen června čvn június jún kesäkuu kesäkuuta kesä haziran haz июнь июня
 июн
 червень червня чер ιουνίου ιούνιος ιούν ιουν iunie iun juny юни lipanj lipnja يونيو יוני 六月
july jul juli juillet juil julio luglio lug julho
 lipiec lipca červenec července čvc július júl heinäkuu heinäkuuta heinä temmuz tem июль июля июл
 липень липня ιουλίου ιούλιος ιούλ ιουλ iulie iul juliol юли srpanj srpnja يوليو יולי 七月
august aug augustus août aout aoû agosto ago august
 sierpień sierpnia sie srpen srpna srp augusztus elokuu elokuuta elo ağustos ağu август августа
 авг
 серпень серпня αυγούστου αύγουστος αυγ αύγ agost август kolovoz kolovoza أغسطس אוגוסט 八月
september sep sept septembre septiembre settembre set setembro
 wrzesień września wrz září zář szeptember szept syyskuu syyskuuta syys eylül eyl сентябрь
 сентября сен сент
 вересень вересня вер σεπτεμβρίου σεπτέμβριος σεπ setembre септември rujan rujna سبتمبر ספטמבר 九月
october oct oktober okt octobre octubre ottobre ott outubro out
 październik października paź říjen října říj október lokakuu lokakuuta loka ekim eki октябрь
 октября окт
 жовтень жовтня жов οκτωβρίου οκτώβριος οκτ octombrie oktober октомври أكتوبر אוקטובר 十月
november nov novembre noviembre novembro
 listopad listopadu lis marraskuu marraskuuta marras kasım kas ноябрь ноября ноя нояб
 листопада νοεμβρίου νοέμβριος νοε νοέ noiembrie noi ноември studeni studenoga نوفمبر נובמבר 十一月
december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember des
 grudzień grudnia gru prosinec prosince pro joulukuu joulukuuta joulu aralık ara декабрь декабря
 дек
 грудень грудня гру δεκεμβρίου δεκέμβριος δεκ decembrie desembre декември prosinac prosinca
 ديسمبر דצמבר 十二月
"""


def _numbered() -> dict[str, int]:
    names: dict[str, int] = {}
    month = 0
    for line in _MONTHS.strip().splitlines():
        month += not line.startswith(" ")
        for name in line.split():
            names.setdefault(name.casefold(), month)
    return names


MONTHS = _numbered()
"""Number of the month by its casefolded name or abbreviation, without a full stop.

`listopad` (November in Polish and Czech, October in Croatian) is November; `srp` is August.
"""

_ZONES = """
-12 y | -11 sst | -10 hst hast | -9 akst hadt | -8 pst akdt | -7 mst pdt | -6 cst mdt
-5 est cdt pet cot
-4 edt ast clt vet bot | -3.5 nst | -3 adt brt art uyt clst | -2.5 ndt | -2 brst | -1 azot cvt
0 utc gmt ut z wet azost egst | 1 cet met mez bst wat west ist_irish
2 cest mest mesz eet sast cat
3 eest eesz msk trt eat idt | 3.5 irst | 4 msd gst amt azt | 4.5 irdt aft | 5 pkt uzt yekt
5.5 ist slst
5.75 npt | 6 bdt almt omst | 6.5 mmt | 7 ict wib novt krat | 8 hkt sgt awst pht myt wita irkt
9 jst kst wit yakt
9.5 acst | 10 aest chst vlat | 10.5 acdt | 11 aedt magt | 12 nzst fjt pett | 13 nzdt
"""

ZONES = {
    name: float(group.split()[0])
    for line in _ZONES.strip().splitlines()
    for group in line.split("|")
    for name in group.split()[1:]
    if "_" not in name
}
"""Hours east of Greenwich by zone name in lower case. Of several meanings the most written one:
CST, PST, EST are American, IST is India's, BST Britain's summer."""
