"""Given names that are seldom anything else: they tell "Omar: ask for the figures" from "Relay: ask for the figures".

Names that are words, places or favourite names of products too ("Will", "Grace", "Paris", "Atlas", "Iris") are left out.
"""

from __future__ import annotations

_GIVEN = frozenset(
    """aaliyah aaron abdul abdullah abebe abigail adaeze adam adebayo adel adele adrian adriana agata agnes agnieszka ahmed aidan aiko
    aino aisha aisling akira alan alastair alejandra alejandro aleksandra alessandra alessandro alessia alex alexander alexandra
    alexandre alexei alfie alfonso alfred ali alice alicia alina alison alistair allison alma alok alvaro amal amanda amara ambika
    amelia amelie amina amir amira amit amos amy ana anand anastasia anders andre andrea andreas andrei andres andrew andrzej andy aneta angela
    angelika angus anika anil anita anja anjali ankit ann anna annabel anne annelise annette annika antoine anton antonia antonio antti
    anya aoife arash aram archie arjun armin arnaud arne arthur arturo asha ashley asif astrid asuka audrey aurelie ayesha ayo aziz barbara
    barnaby bartosz basil beata beatrice beatriz ben benedict benjamin bernadette bernard bernd beth bethany bettina bianca bilal bjorn
    björn bogdan boris bram brendan brian brianna bridget bronagh bruno bryan callum camila camille carl carla carlos carmen carol
    carolina caroline catalina caterina catherine cathy cecilia cedric celine chandra charlotte chiara chidi chinedu chioma chloe chloé chris
    christian christina christine christoph christophe christopher ciara claire clara claudia claudio clemens clement cleo colin colm conor
    cornelia cristina cyril dagmar daisuke damian damien dan dana daniel daniela daniele danielle danny daria darius darren dave david
    deborah deepa deepak deirdre denis denise dennis derek devraj diana diane diego dieter dilys dimitri dina dirk dmitri dmitry dominik
    dominika dominique donal donald donna dora doris dorota dorothy douglas duncan dylan eamon eddie eduardo edward edwin egil eileen
    eirik ekaterina elaine eleanor elena eleni elias elif elin elina elisa elisabeth elise eliza elizabeth ella ellen elliot elsa elspeth
    emeka emil emilia emilie emily emma emmanuel emre enrico enrique erica eric erik erika erin ernesto esther ethan eugene eva evelyn ewa
    fabian fabio farah farid fatima fatou federica federico felicity felipe felix femi ferdinand fernanda fernando fiona flavia florian
    francesca francesco francisco francois frances franz fraser freddie frederic frederik freya friedrich fumiko gabriel gabriela gabrielle
    gareth gary gavin geoff geoffrey george georgia georgina gerald gerard gerhard gianluca gianni gillian giorgio giovanni giulia giuseppe
    gonzalo gordon gosia graeme graham greg gregor gregory greta guillaume gunnar gustav gustavo gwen hamid hamish hana hanna hannah hannes hans
    harjit harold harriet harry haruka haruki hassan heather hector heidi heiko helen helena helene helga helmut hendrik henning henri henrik
    henry henryk herbert hiroshi holger howard hugh hugo hussein ian ibrahim idris ignacio igor ilse imke imogen imran ines inga ingrid
    iqbal isaac isabel isabella isabelle isla ismail ivan ivana jacek jacob jacqueline jacques jakob jakub jamal james jamie jan jana jane janet
    janine jannik janusz jarek jason javier jean jeff jeffrey jelena jen jennifer jenny jens jeremy jerome jess jessica jill jim jin jo joachim
    joan joana joanna joao joe joel johan johanna johannes john johnny jon jonas jonathan jordi jorge jorrit jose josef joseph josephine
    josh joshua josie joão juan juanita judith judy julia julian juliana julie julien juliette jun jürgen justin justyna jutta jörg kai
    karen karim karin karl karla karolina kasia katarina katarzyna kate katerina katharina katherine kathleen kathrin kathryn kathy katie katja
    katrin katrina kavita kayla keiko keith kelechi ken kenji kenneth kenny keziah kevin khalid khadija kieran kim kirsten klaus konrad
    konstantin kristen kristian kristin kristina krzysztof kumar kurt kwame kyle lakshmi lara lars laszlo laura lauren laurence laurent
    lea leah leila lena lenka leon leonard leonardo leonie leonor leslie leticia liam lidia lilian lillian linda lindsay lindsey linnea lisa
    lise liz lorenzo lotta lottie lotte louis louisa louise luca lucas lucia lucie lucy luis luisa luisella lukas lukasz luke luka lydia lynn
    maciej madeleine mads maeve magda magdalena magnus mahmoud maja malachy malcolm malgorzata malik manuel manuela marc marcel marcela marcelo
    marcin marco marcos marcus marek margaret margarita margot maria mariam mariana marie marija marina mario marisol marion marius marjan
    markus marlene marta martha martin martina martyn mary maryam masha mateo mateusz mathias mathieu mathilde matilda matt matteo matthew
    matthias matthieu maureen maurice mauricio maurizio mehmet mei meera megan mehdi melanie melissa michael michaela michal michel michele
    michelle miguel mihai mikael mike mikhail mikko milan milena milo mina miranda mireille miriam mirjam mitchell moana mohamed mohammad
    mohammed mohsin moira monica monika monique morgane moritz morten morwenna mostafa muhammad murat mustafa myra nadia nadine naomi
    natalia natalie natasha nathalie nathan nathaniel neha neil nele ngozi niamh nicholas nick nicola nicolas nicole niels nigel niklas
    nikhil nikita nikola nikolai nikos nils nina nkechi noor nora norbert noreen odile ola olaf ole oleg oleksandr olena olga oliver olivia olivier
    olu omar oskar osman otto ottilie owen pablo padraig paloma pamela paola paolo patrice patricia patrick paul paula paulina pauline paulo pavel
    pawel pedro peggy penelope per peter petra petr phil philip philipp philippa philippe phoebe pierre pieter pilar piotr poppy pranav prakash preeti
    priya priyanka przemek quentin rachel rafael rafal raghav rahul rainer raj rajesh ralf ralph ramona ramón rania raphael raquel rashid ravi
    raymond rebecca reinhard renata renate rhian rhodri rhys ricardo riccardo richard rita robert roberta roberto rodrigo roger roland rolf
    romain roman ronald ronan rory rosalind rosie ross roxana ruben rui rupert ruth ryan saanvi sabine sabrina saeed sally salma salman sam
    samantha samir samira samuel sandeep sandra sanjay sara sarah sasha saskia satoshi scott sean sebastian sergei sergio shabnam shalini
    shane shannon sharon shaun sheila shirin shivani shona shreya sibusiso sigrid silke silvia simon simona simone sina sinead siobhan slawek
    sofia sofie solveig sonia sonja sophia sophie soren sota stacey stanislav stefan stefania stefanie stella stephan stephanie stephen steve steven
    stuart sujata sunil sunniva suresh susan susana susanne suzanne svein sven svetlana swati sylvia sylvie søren tadeusz tae takeshi tamara tamsin
    tania tanja tanya tariq tatiana ted teresa terry thabo thandi thea theo theresa thierry thomas thorsten tiago tim timo timothy tina
    tobias toby todd tom tomas tomasz tommy toni tony torsten tove tracy tristan tunde ulrich ulrike umar una ursula uwe valentina valerie
    vanessa varun vasil veronica veronika vicky victoria vijay vikram viktor viktoria vincent vinod virginia viviana vivian vladimir volker
    walter wanda wei wendell wendy werner wiktor wilhelm willem wojciech wolfgang xavier yael yan yann yannick yara yasmin yetunde yolanda youssef
    yuki yuri yusuf yvonne zainab zane zara zbigniew zeynep zofia zoe zoë zoltan zsofia zsófi zuzana""".split()
)


def is_given_name(word: str) -> bool:
    """Return whether a word is a given name and seldom anything else; capitals are not looked at."""
    return word.casefold().rstrip(".") in _GIVEN
