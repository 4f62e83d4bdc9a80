"""Records of a clearly fictitious consortium: as rich and as sparse as an agreement can be."""

from dataclasses import replace
from datetime import date

from elca_docs.model.parties import Address, LegalData, Organisation, Partner, Person
from elca_docs.model.plan import Agreement, Commitment, Mission, Terms
from elca_docs.model.portfolio import Portfolio
from elca_docs.model.project import AgreementClass, DatedText, Project
from elca_docs.model.values import Country, Day, Expected, Identifier, Language

AS_OF = date(2021, 10, 1)


def legal(name, form, number, address, **more):
    return LegalData(name=name, form=form, registration_number=number, address=address, **more)


CLASSES = (
    AgreementClass(
        id=Identifier("CO"),
        title="Cooperation Agreement",
        plural="Cooperation Agreements",
        titles={Language("es"): "Acuerdo de cooperación"},
        template="cooperation",
    ),
    AgreementClass(
        id=Identifier("BU"),
        title="Business Agreement",
        plural="Business Agreements",
        template="business",
        parties="counterparts",
    ),
)

PROJECT = Project(
    title="Sample Alliance of Paper & Feather Clusters",
    acronym="SAMPLE",
    programme="Sample Programme",
    call="Clusters Abroad",
    grant_number="000000",
    start=Day(2020, 9, 1),
    duration_months=24,
    classes=CLASSES,
    agencies=(
        DatedText(text="Old Sample Agency", valid_until=Day(2021, 3, 31)),
        DatedText(
            text="Sample Funding Agency (SFA)",
            translations={Language("es"): "Agencia de Financiación de Muestra (SFA)"},
            valid_from=Day(2021, 4, 1),
        ),
    ),
    disclaimers=(
        DatedText(
            text="This text gives the view of its authors only, who alone are responsible for it; neither the "
            "European Commission nor the {agency} answers for any use of it.",
            translations={
                Language("es"): "Este texto expresa solo la opinión de sus autores, únicos responsables de él; ni la "
                "Comisión Europea ni la {agency} responden del uso que se haga de él."
            },
        ),
    ),
    funding_statements=(
        DatedText(
            text="Supported by the European Union under {programme}, grant agreement {grant}.",
            translations={
                Language(
                    "es"
                ): "Con el apoyo de la Unión Europea a través de {programme}, acuerdo de subvención {grant}."
            },
        ),
    ),
)

NORTH = Partner(
    id=Identifier("NORTH"),
    name="North Cluster of Paper Aeroplanes",
    country=Country("DE"),
    coordinator=True,
    description="A cluster that folds examples.",
    legal=legal(
        "North Cluster of Paper Aeroplanes e.V.",
        "registered association",
        "VR 000123",
        register="Register of Associations of Sampletown",
        vat="DE000000000",
        address=Address(lines=("Sample Street 1",), city="Sampletown", postcode="00001"),
    ),
)
SOUTH = Partner(
    id=Identifier("SOUTH"),
    name="South Feather Cluster",
    country=Country("ES"),
    legal=legal(
        "Asociación Clúster de Plumas del Sur",
        "asociación sin ánimo de lucro",
        "0042",
        vat="none",
        address=Address(lines=("Calle de la Muestra 2", "Edificio B"), city="Villamuestra", postcode="00002"),
    ),
)
EAST = Organisation(
    id=Identifier("east"),
    name="East Network for Kites, Balloons & other Light Things of the Upper Sample Valley and Neighbouring Regions",
    short_name="East Kites",
    country=Country("US"),
    kind="network",
    description="A network of kite makers.",
    legal=legal(
        "East Network for Kites, Balloons & other Light Things of the Upper Sample Valley, Incorporated",
        "non-profit corporation",
        "EX-778899",
        register="Secretary of State of Sampleland",
        vat="none",
        address=Address(lines=("300 Example Avenue", "Suite 12"), city="Example City, SL", postcode="00003"),
    ),
)
WEST = Organisation(
    id=Identifier("west"),
    name="West Workshop Ltd",
    short_name="West",
    country=Country("IE"),
    kind="company",
    description="A maker of moulds.",
    legal=legal(
        "West Workshop Limited",
        "private limited company",
        "000456",
        register="Companies Register of Sampleland",
        vat="IE0000000",
        address=Address(lines=("4 Specimen Quay",), city="Specimen", postcode="X00 X000"),
    ),
)
GUILD = Organisation(
    id=Identifier("guild"),
    name="Guild Initiative",
    country=Country("FR"),
    legal=LegalData(legal_person=False, signs_through=Identifier("west")),
)

PEOPLE = tuple(
    Person(
        id=Identifier(f"{party}-{role}"),
        of=Identifier(party),
        name=f"{letter}. Specimen",
        title="Dr" if role == "s" else "",
        function="Chair of the board" if role == "s" else "Project officer",
        email=f"office@{party.lower()}.example",
        phone="+00 000 0000",
        signs=role == "s",
        contact=role == "c",
    )
    for party, letter in (("NORTH", "A"), ("SOUTH", "B"), ("east", "C"), ("west", "D"))
    for role in ("s", "c")
)

MISSION = Mission(id=Identifier("atlantis"), name="Atlantis", market="Atlantis coast", deadline=Expected(2022, 3))

RICH = Agreement(
    id=Identifier("CO-1"),
    class_=Identifier("CO"),
    responsible=(Identifier("NORTH"),),
    counterparts=(Identifier("east"),),
    mission=Identifier("atlantis"),
    expected=Expected(2021, 10, 25),
    areas=("joint training of kite builders", "visits of companies"),
    commitments=(
        Commitment(party=Identifier("NORTH"), what="hosts one workshop a year"),
        Commitment(party=Identifier("east"), what="receives the delegation of the mission"),
    ),
    annexes=("Action plan", "List of contacts"),
    terms=Terms(
        starts="on 1 November 2021",
        duration_months=24,
        renewal="by one year at a time, in writing",
        notice_days=60,
        confidentiality_years=5,
        law="the law of Spain",
        venue="the courts of Villamuestra",
        originals=2,
        prevailing_language=Language("en"),
        subject="moulds for sample parts",
    ),
    confidential=True,
)
THREE = replace(
    RICH, id=Identifier("CO-2"), responsible=(Identifier("NORTH"), Identifier("SOUTH")), mission=None, annexes=()
)
BUSINESS = replace(
    RICH,
    id=Identifier("BU-1"),
    class_=Identifier("BU"),
    counterparts=(Identifier("east"), Identifier("west")),
    commitments=(Commitment(party=Identifier("west"), what="makes a first sample"),),
)

FULL = Portfolio(
    project=PROJECT,
    partners=(NORTH, SOUTH),
    organisations=(EAST, WEST, GUILD),
    people=PEOPLE,
    agreements=(RICH, THREE, BUSINESS),
    missions=(MISSION,),
)

BARE_AGREEMENT = Agreement(
    id=Identifier("CO-1"),
    class_=Identifier("CO"),
    responsible=(Identifier("NORTH"),),
    counterparts=(Identifier("east"),),
)
BARE_BUSINESS = Agreement(
    id=Identifier("BU-1"),
    class_=Identifier("BU"),
    responsible=(Identifier("NORTH"),),
    counterparts=(Identifier("east"), Identifier("west")),
)
BARE = Portfolio(
    project=Project(
        title="Sample Alliance",
        acronym="SAMPLE",
        grant_number="",
        start=Day(2020, 9, 1),
        duration_months=24,
        classes=tuple(replace(each, plural="", titles={}) for each in CLASSES),
    ),
    partners=(Partner(id=Identifier("NORTH"), name="North Cluster"),),
    organisations=(
        Organisation(id=Identifier("east"), name="East Network"),
        Organisation(id=Identifier("west"), name="West Workshop"),
    ),
    agreements=(BARE_AGREEMENT, BARE_BUSINESS),
)
