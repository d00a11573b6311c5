"""What words do in the languages that articles are written in; a list to be added to, never guessed from."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Abbreviations that a capitalised word follows: titles, names, references. Those that often end a sentence
#: themselves (etc., Inc., usw.) are left out.
ABBREVIATIONS = _words(
    """
    mr mrs ms dr prof st sr jr gen rep sen gov sgt col lt capt maj hon rev pres sec vs no nos nr fig vol pp
    ed cf approx dept est al z.b d.h u.a bzw ca evtl ggf hr fr frl mio mrd str abs art bd hrsg ing dipl m mm
    mme mlle mgr av env p.ex ex sra srta dra ud uds ee uu núm sig sig.ra dott ecc.mo dhr mevr bijv bl.a t.ex
    kl янв фев г гг ул им т.е т.д
    """
)

#: At a beginning they point at a sentence before.
DANGLING = _words(
    """
    this that these those it its it's it’s that's that’s they he she him his her their them such here so but
    and or because which however therefore thus instead also then anyway meanwhile otherwise still yet yes
    well look none und aber denn deshalb damit dabei dazu darum daher trotzdem er sie dies diese dieser
    dieses mais et donc cela ça elle ils elles ceci pero y eso esto ella ellos ma e questo questa mas isso
    dit dat maar hij zij och hon detta men и но а это он она они
    """
)

#: They take a stand; a passage without one is often only a fact.
STRONG = _words(
    """
    must never always cannot can't can’t nobody nothing everything only not no without every worst best muss
    müssen nie niemals nichts nur kein keine immer doit doivent jamais rien seul toujours debe deben nunca
    nada solo siempre deve mai niente moet nooit niets måste aldrig inget должен никогда ничего
    """
)

#: Written with a capital where a sentence begins, though they are no names.
NO_NAMES = _words(
    """
    he she it they we i you who this that these those one someone nobody everyone people many some others er
    sie es wir ich man das il elle ils elles on nous je él ella ellos yo han hon de ze hij он она они я мы
    but and then when as so later now today yesterday in on at for from by with after before during since
    while monday tuesday wednesday thursday friday saturday sunday
    """
)

#: They point at something outside the passage.
POINTING = _words("this these those such diese dieser ces cette estos estas")

#: Offices and forms of address that stand before a name with a capital.
TITLES = _words(
    """
    mr mrs ms mx dr prof professor sir dame lord lady st saint rev father sister brother gen general col colonel
    maj major capt captain lt lieutenant sgt sergeant admiral president vice prime minister secretary senator sen
    rep representative congressman congresswoman governor gov mayor judge justice chancellor king queen prince
    princess pope cardinal bishop archbishop chairman chairwoman chair director chief editor author former acting
    spokesman spokeswoman spokesperson herr frau präsident präsidentin minister ministerin kanzler kanzlerin
    bundeskanzler bundeskanzlerin bürgermeister bürgermeisterin monsieur madame m mme mlle président présidente
    ministre señor señora sr sra presidente presidenta ministro ministra signor signora sindaco premier meneer
    mevrouw burgemeester г-н госпожа господин президент министр
    """
)
