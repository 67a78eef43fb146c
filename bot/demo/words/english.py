"""The demonstration in English."""

ENGLISH = {
    "title": "A week with delegate-bot",
    "business": "{board}: {trade}.",
    "people": (
        "{owner} runs the business and delegates to {first} in {first_place} ({first_capacity} a "
        "day) and to {second} in {second_place} ({second_capacity} a day)."
    ),
    "how": (
        "Everything happens on this machine, in an emulated Trello: no account, no network. The "
        "bot works in it with its real client, over HTTP, on simulated days. Times are those of "
        "{place}."
    ),
    "bot": "bot",
    "progress": "The week goes by",
    # What people do.
    "act_labels": "puts the label “delegate” on six cards:",
    "act_quiet": "Nobody has touched the cards for six minutes.",
    "act_first_answer": "reads the brief, moves the card on and answers:",
    "act_reply": "answers {first}:",
    "act_blanks": "answers on “{card}”, one line per point:",
    "act_go": "thinks it over, then writes on “{card}”:",
    "act_deliver": "ticks the steps of “{card}”, delivers and moves the card to review:",
    "act_approve": "accepts what was delivered:",
    "act_copy": "accepts “{card}”, then copies the card, past due date and all:",
    "act_take_over": "gives {to}, who has room, a card of {since}:",
    "act_second": "ticks the first step and moves the card on:",
    "act_nobody": "Nobody has asked for anything more.",
    # What people write.
    "first_answer": (
        "5h is fine. I’ll start with the questions customers ask.\n"
        "May we name Mrs Morel and show her boiler?"
    ),
    "reply": "Yes, by her first name only. Her boiler, with pleasure.",
    "blanks": (
        "method:\n"
        "- collect the addresses from the customer database\n"
        "- suggest three designs, I choose one\n"
        "- have 120 cards printed\n"
        "- address the envelopes\n"
        "workload: 4h\n"
        "due: 11 December"
    ),
    "go": "/go",
    "delivered_article": "The article is ready, the link is in the deliveries document.",
    "delivered_invoices": "Five invoices sent, no travel charge for Mrs Roach.",
    "delivered_posts": "Delivered: the three texts are in this week’s document.",
    "copied_name": "Three posts for Instagram and Facebook, week 49",
    "second_answer": "I’m on it. Two suppliers called this morning, the third one tomorrow.",
    # What the bot does.
    "handed": "handed to {name}, with a complete brief",
    "told": "handed to {name}: due date and instructions are in the comment",
    "copied": "handed to {name}: the copied brief stays, the due date is worked out anew",
    "steps": "{count} steps",
    "due": "due {date} ({place})",
    "asks": "asks {name}:",
    "go_seen": "👍 on the /go",
    "left_alone": "leaves alone:",
    "nothing": "Nothing to do: everything is in order. Nothing written.",
    "requests": "requests: {requests}, of which writes: {writes}",
    "whole_brief": "The first brief, as {name} reads it",
    # The end.
    "sum": "The week in short",
    "sum_handed": "Cards handed to an assistant",
    "sum_asked": "Questions to {owner}",
    "sum_alone": "Cards left alone",
    "sum_requests": "Requests to Trello, of which writes",
    "sum_requests_value": "{requests}, of which {writes}",
    "pages": "The board, to open in a browser",
    "before": "before",
    "after": "after",
    "go_on": "To go on",
    "go_on_sandbox": "the emulated Trello, to look at in a browser",
    "go_on_readme": "connect a real board, in five steps",
    "readme": "README.md",
    "no_folder": "Cannot write to {folder}: {problem}",
}
