"""A heating engineer in Bristol, in English."""

from datetime import UTC, datetime

from bot.sandbox.samples.shape import CardText, SampleText, Somebody

ENGLISH = SampleText(
    language="en",
    board="Hart Heating",
    trade="pellet stoves and boilers, Bristol",
    owner=Somebody("emma", "Emma Hart", "Europe/London", "GB-ENG"),
    first=Somebody("mel", "Mel Rakoto", "Indian/Antananarivo", "MG"),
    second=Somebody("grace", "Grace Campbell", "America/Halifax", "CA-NS"),
    lists={
        "todo": "To do",
        "doing": "In progress",
        "review": "Review",
        "done": "Done",
        "ideas": "Ideas",
        "steering": "Overview",
    },
    labels={
        "delegate": "delegate",
        "important": "important",
        "hold": "on hold",
        "core": "core business",
        "stalled": "have a look",
    },
    cards=(
        CardText(
            "portfolio",
            "steering",
            "Portfolio",
            "This quarter: twelve installations, and no quote left lying around.",
        ),
        CardText("maintenance", "ideas", "Offer a yearly service contract"),
        CardText("showroom", "ideas", "A demonstration corner in the workshop?"),
        CardText(
            "article",
            "todo",
            "Blog post: looking after a pellet boiler",
            "I get asked every autumn, so let’s answer it once and for all.\n"
            "Dwell on the ashes and the door gasket, that’s where it all starts.\n"
            "\n"
            "Objective: an article I can send to a customer who hesitates\n"
            "Attachments: https://photos.example.com/boiler-november\n"
            "Priority: 1",
            ("important",),
        ),
        CardText(
            "invoices",
            "todo",
            "Invoices for the November call-outs",
            "Five call-outs. No travel charge for Mrs Roach.",
            link=("https://files.example.com/call-outs-2026-11", "Job sheets"),
        ),
        CardText(
            "suppliers",
            "todo",
            "Compare three pellet suppliers",
            "Ours has gone up twice this year. It has to be ENplus A1,\n"
            "delivered by the pallet, from within 40 miles.\n"
            "\n"
            "workload: 3h\n"
            "due: Friday",
        ),
        CardText(
            "posts",
            "todo",
            "Three posts for Instagram and Facebook, week 48",
            "The photos of the Morel job are in the shared folder, she agrees.\n"
            "\n"
            "workload: 1h30\n"
            "due: Wednesday\n"
            "assistant: Mel",
        ),
        CardText("wishes", "todo", "Get the Christmas cards ready"),
        CardText(
            "lease",
            "todo",
            "Renegotiate the lease of the workshop",
            "It ends in March. The landlord is open to three more years.\n"
            "\n"
            "method:\n"
            "- read the lease and note what can be renegotiated\n"
            "- collect five comparable rents nearby\n"
            "- draft a proposal of one page\n"
            "workload: 4h",
            ("core",),
        ),
        CardText(
            "prices",
            "todo",
            "Update the website: 2027 prices",
            "The prices come on 7 December, not before.",
            ("delegate", "hold"),
        ),
        CardText(
            "visit",
            "todo",
            "Template: inspection visit",
            "Customer, address, appliance, date of installation.",
            ("delegate",),
            template=True,
        ),
        CardText(
            "apprentice",
            "doing",
            "Hire an apprentice",
            "Two seen, a third one on Thursday.",
            checklist=("Interviews", "Lena", "Hugh", "Yannis"),
        ),
        CardText(
            "taxes",
            "done",
            "File the October VAT return",
            due=datetime(2026, 11, 19, 17, tzinfo=UTC),
            done=True,
        ),
        CardText("gaskets", "done", "Order door gaskets"),
    ),
)
