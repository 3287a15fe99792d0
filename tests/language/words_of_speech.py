"""Words that must not be said, per language, as patterns over lower-case sentences (research/science.md §6, language.md §7)."""

from __future__ import annotations

import re

# One apology is enough, and only where the step is to apologise.
APOLOGY = {
    "en": r"\bsorry\b|\bapolog|\bregret|\bforgive\b|\bpardon\b",
    "ru": r"\bпрост(?:и|ите)\b|\bизвин|\bпрощени|\bсожале|\bжаль\b|\bпрошу простить",
    "pl": r"\bprzepra|\bprzykro\b|\bwybacz|\bubolewa|\bżałuj|\bprzeprosin",
    "kk": r"\bкешірім|\bкешір(?:іңіз|сін)|\bғафу\b|\bөкінемін",
}

# Clichés, promises of nothing, defence, blame. Every pattern is an error wherever it stands in a phrase or an offer.
FORBIDDEN = {
    "en": (
        r"calm down", r"\brelax\b", r"no need to (?:shout|raise|be)", r"don’t (?:shout|worry)\b", r"you should have", r"you must have", r"you must understand",
        r"that’s impossible", r"nobody (?:else )?complain", r"(?:another|other) department", r"\bpolic(?:y|ies)\b", r"\brules?\b", r"\bprocedure",
        r"i understand,? but", r"\bi hear you\b", r"how you feel", r"your feelings", r"if you felt", r"(?:sorry|apologi[sz]e) if\b",
        r"\bsoon\b", r"\bshortly\b", r"as soon as possible", r"\basap\b", r"never (?:happen )?again", r"looked into", r"mistakes were made", r"be contacted",
        r"inconvenience", r"admit (?:liability|your claim|the claim)", r"\bliab", r"\bguilt", r"\bnegligen", r"no problem\b", r"\bas i said\b",
        r"\bunfortunately\b", r"\bto be honest\b", r"\bactually\b", r"\bsir\b", r"\bmadam\b", r"\bguys\b", r"\blaw\b", r"\bthe situation\b",
        r"\bthe issue\b", r"\bbear with\b", r"\bvalued\b", r"\bkindly\b", r"\bone moment\b", r"\bcan’t help\b",
    ),
    "ru": (
        r"успоко", r"не нервнич", r"не (?:надо|нужно|кричите|повышайте)\w* крич", r"не кричите", r"надо было", r"сами виноват", r"такого не может быть",
        r"никто не жал", r"не мой отдел", r"другой отдел", r"не ко мне", r"правил[ао]", r"регламент", r"не положено", r"понимаю,? но\b", r"я (?:вас )?услышал",
        r"ваши чувства", r"ваше недовольство", r"(?:извините|простите|прощения),? если", r"\bскоро\b", r"в ближайшее", r"как можно скорее", r"при первой возможности",
        r"(?:больше|никогда) (?:это )?(?:не )?повтор", r"не повторится", r"будет рассмотрен", r"разберутся", r"с вами свяжутся", r"неудобств", r"признаём",
        r"виноваты", r"претензи", r"\bкомпенсируем ущерб", r"извиняюсь", r"минуточк", r"секундочк", r"\bзаказик", r"\bзвоночек", r"девушка", r"мужчина\b",
        r"женщина\b", r"доброго времени", r"уважаем(?:ый|ая)", r"к сожалению", r"\bситуаци", r"\bвопрос[аеу]?\b(?! к)", r"\bданн(?:ый|ая|ое|ую|ого|ой)\b", r"\bзакон(?!ч)",
        r"на самом деле", r"честно говоря", r"ничем не могу", r"\bнаша вина\b", r"вам показалось", r"\bвина\b",
    ),
    "pl": (
        r"uspoko", r"proszę nie krzyczeć", r"bez nerwów", r"(?:^|[.!?,] )trzeba było", r"pan[ai]? wina", r"to niemożliwe", r"nikt się nie (?:skarży|żali)", r"nie mój dział",
        r"inny dział", r"procedur", r"regulamin", r"przepisy", r"rozumiem,? ale\b", r"\bsłyszę pan", r"(?:pana|pani|państwa) (?:uczucia|emocje)", r"jak się (?:pan|pani) czuje",
        r"przepraszam,? jeśli", r"jeżeli poczuł", r"wkrótce", r"niebawem", r"\bniedługo\b", r"jak najszybciej", r"w najbliższym czasie", r"nie powtórzy", r"zostanie rozpatrz",
        r"zostanie przekaz", r"niedogodno", r"uznajemy roszcz", r"\broszcze", r"jesteśmy winni", r"póki co", r"w temacie", r"na dzień dzisiejszy", r"\bodnośnie (?!do\b)",
        r"\bwitam\b", r"\bpan/", r"pan\(i\)", r"\bsprawca\b", r"chwileczk", r"momencik", r"\bniestety\b", r"szczerze mówiąc", r"\btak naprawdę\b", r"\bprawnie\b|zgodnie z prawem",
        r"\bsytuacj", r"nie mogę pomóc",
    ),
    "kk": (
        r"сабыр (?:ет|сақта)", r"сабырлы бол", r"тынышталыңыз", r"айқайлама", r"кінәліс", r"мүмкін емес", r"ешкім шағымдан", r"бөлімім емес", r"басқа бөлім", r"ереже", r"тәртіп солай",
        r"түсінемін,? бірақ", r"сезіміңізді", r"сезімдеріңізді", r"егер .{0,40}кешір", r"\bжақында\b", r"мүмкіндігінше", r"тез арада", r"енді қайталан", r"қаралады\b",
        r"қолайсыздық", r"мойындаймыз", r"шағымыңызды мойын", r"болып табыл", r"бақыттымын", r"линияда", r"\bапа\b", r"\bаға\b", r"\bапай", r"\bағай", r"\bрахмет",
        r"өкінішке орай", r"шын мәнінде", r"көмектесе алмаймын", r"\bмәселе",
    ),
}

# What only the company's system knows; a phrase may claim it only under `owns: [yes]`.
SYSTEM = {
    "en": r"\bi (?:can )?see (?:that (?:it|your|the)|your order|it)\b.*\b(?:left|sent|shipped|paid|stock)|warehouse|\btracking (?:shows|says)|\b(?:system|screen|records?) (?:shows?|says?)|in (?:the|our) system",
    "ru": r"вижу в |по нашим данным|в системе|на складе|со склада|в базе|отгруж|у вас числится",
    "pl": r"w systemie|widzę, że|według naszych danych|z magazynu|w magazynie|\bwysłano\b|\bnadano\b",
    "kk": r"жүйеде|қоймада|дерекқор|біздің деректер|көріп тұрмын",
}

# Taking the fault on ourselves: only when it is known to be ours.
OWNED = {
    "en": r"\bthat’s on us\b|our (?:fault|mistake|doing|error)|\bwe (?:failed|wrongly|broke|forgot|didn’t|delivered late|got it wrong|let you down|charged you)|i take responsibility|ours to answer for|\bi own that\b",
    "ru": r"наш[аеу] (?:ошибк|вин)|по нашей (?:ошибке|вине)|\bэто на нас\b|\bмы (?:подвели|сорвали|ошиблись|обошлись|приняли|объяснили|не сдержали|дали)|ошиблись мы|сорвали мы|не сдержали тоже мы",
    "pl": r"nasz(?:a|ą|ej)? (?:wina|winą|winy|błąd|pomyłk)|z naszej (?:winy|strony zawin)|\bto nasz\b|zawiedliśmy|zawaliliśmy|pomyliliśmy|nie dotrzymaliśmy",
    "kk": r"біздің (?:қате|кінә)|бізден кет|біз(?:дің)? тарап(?:ымыз)?дан кеткен|біз қателес",
}


def pattern(table: dict[str, str], lang: str) -> re.Pattern[str]:
    """A compiled row of a table above."""
    return re.compile(table[lang], re.IGNORECASE)


def forbidden(sentence: str, lang: str) -> list[str]:
    """The forbidden patterns that a sentence has."""
    low = sentence.lower()
    return [one for one in FORBIDDEN[lang] if re.search(one, low)]
