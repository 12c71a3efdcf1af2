"""How common words are in anybody's notes: the fewer trades use a word, the more it says about which project is meant.

Counted over the labelled notes of nineteen people in nineteen trades (`data/labelled`): the stems that at least three of
them use. Stems are those of `analyzer.grouping.names.stem`.
"""

from __future__ import annotations

from functools import cache

MOST = frozenset(
    """agr ask becaus behind best better board book box budget build call cam card chang clear com contract cost count
    cours cover cut day dead draft early email end fair far figur fil financ find fir forecast form found front full
    gav giv go goe going gon group hand head hom hour instead interview keep know land lat lead leav list liv long
    look lost mad mak mean mid minut miss money month nam need number offic one open order outsid pag paper pay phon
    point post promis put ran read review right ring room round run said say see send sent set sheet short show sid
    sign sit stand start stop straight stuck tabl tak tell test think till told took train turn twic want week went
    whil whol word work writ written wrong wrot year""".split()
)
"""At least ten of the nineteen."""

MANY = frozenset(
    """across add agency answer anyon argu arriv audit averag bank bill blam bought bring brought cak calm car carry
    cas chair claim clean clos coffe comment committe complaint complet copy council cri cross dashboard data decid
    degre desk door doubt eleven enough expect explain fast field fill finish fix floor fortnight fram freez given
    guess handover happen happy hear heard hir hold holiday hospital job kept kick knew laptop launch learn legal
    letter lift lin listen log longer los lunch mail manag map met mind mov nearly notic odd offer own pack pager
    paid pair park part pass patient pick pilot plan present pric pull push queu quick quiet quot rais rang rat
    reach ready real reason reckon region releas rout rul sav school screen section seen senior session shadow shift
    shout shut sick singl sixty skip sleep slid slip slot slow small spot staff stair station stay story support
    swap switch talk target term text thank ticket tir top touch trust try typ use used version view voic walk watch
    worth zero""".split()
)
"""Six to nine of them."""

SEVERAL = frozenset(
    """abov accept access accord account act advic agent agre agreement ahead aim alert allow along animal announc
    anymor apologis app apparently application appraisal approv area assessment ate attach award awkward backup bad
    badg bar batch becom began begin begun belt bid big bigger bin biscuit block body bor borrow boy branch brand
    breakfast brief brok brown buddy bug built bus business button buy calendar camera canteen cap catch centr cert
    certificat channel charg chart check checklist children city class claus clock cloud coat cod cold colleg column
    commit compliment condition control conversation convinc cor correct corridor credit crew customer cycl dad daft
    daughter deadlin deck declar defin delegat deliver dentist department dept design designer different difficult
    dig dinner director doc drain drama draw drawer drawn drill driv drop duty eat edit either engineer english
    error estimat evaluation everywher exactly excit excus exec exist expir export extra eye fac fail fall fan
    faster fear fee feel fell fewer final fit flat float flood folder folk forty forward fre friday friend frozen
    fund further gap gat girl grab grad grid ground gut habit halfway handl hat headlin held hello hit hol hot hotel
    hous hrs huddl human hung ice inbox incident incl includ induction input insid invoic itself keen key kill kit
    kitchen kne knock lab ladder lady lan laugh lawyer leadership lean ledger level licenc lie light lik litr littl
    load logic longest loop loss loud lov lovely machin main man margin mark market mat matter meant measur meet
    membership mention mentor merchant merg mess messag method middl midnight minc mistak mock model modul morn
    mother mr near nicely night nil nurs officer onboard opinion ops option owe owner panel paperwork partner party
    past payment payroll peak pencil period ph phas photo pictur pie play pleasant po policy position possibl poster
    pot pr practic pre prep print printer product profil program programm project proper propos proud publish quit
    radio rain reader receipt reception record red redo refresh refund regional register remember repeat reply
    reserv retir return rewrit road rol roll rollback roster rota rough roughly row sal sampl sandbox saw scal scan
    scenario scop script search seem self serv servic settl shar shown sickness signatur silenc sketch slack slept
    smaller smil softwar sold solo solv someon somewher sooner sorry spar spe speak speech spend spent split spok
    spoken spreadsheet squad stag starter statement steer sticker stood street strength stretch subject sum supplier
    surpris survey surviv swear system tab taken teach tear temp templat them thin third thirty thrown tick tidiest
    tim total track traine travel tre treat tri trial twelv twenty typo ugly unit unread ups user usual vacancy
    vacation van vendor verdict volunteer vot wall warm warn wash wast water weather weekend whom wif window within
    wk wks workshop worry wors worst wrap""".split()
)
"""Three to five of them."""

WEIGHTS = ((MOST, 0.2), (MANY, 0.33), (SEVERAL, 0.5))
"""What a shared word of each kind counts, against 1 for a word that hardly anybody else uses."""


@cache
def rarity(stem: str) -> float:
    """Return how much a shared word says about what two lines are about: 1 for a rare word, less for a common one."""
    return next((weight for words, weight in WEIGHTS if stem in words), 1.0)
