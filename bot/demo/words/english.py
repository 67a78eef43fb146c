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
    "act_ask": "reads the brief, moves the card on and asks:",
    "act_tick_answer": "ticks “{answer}”: one click is enough.",
    "act_reply": "answers {first}, who can go on:",
    "act_blanks": "answers, one line per point:",
    "act_go": "thinks it over, then decides:",
    "act_deliver": "ticks the steps, delivers and moves the card to review:",
    "act_moves_on": "starts another card:",
    "act_deliver_nothing": "moves the card to review, without a word or a link:",
    "act_link": "adds the link “{link}”:",
    "act_approve": "accepts what was delivered:",
    "act_take_over": "gives {to} a card of {since}:",
    "act_why": "wants to know where a card stands:",
    "act_pause": "ticks a step, moves the card on and asks for quiet:",
    "act_new_date": "gives the card a new date and answers:",
    "act_goes_on": "ticks a step, moves the card on and answers, one word first:",
    "act_also": "starts another one too:",
    "act_copy": "accepts the card, then copies it, past due date and all:",
    "act_nobody": "The week ends, nobody has asked for anything more.",
    "act_new_week": "Another week begins. {owner} has opened no card since Friday.",
    # What people write.
    "question": (
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
    "why": "/why",
    "pause": "/snooze 3d\nThe landlord is away until Monday, I’ll go on without him.",
    "new_date": "It still needs proofreading. You’ll have it tonight, before 5 pm.",
    "goes_on": "ok\nI have the addresses, the designs come tomorrow.",
    "link_name": "November invoices",
    "link": "https://files.example.com/invoices-2026-11",
    "delivered_article": "The article is ready: https://files.example.com/boiler-article",
    "delivered_posts": "The three texts: https://files.example.com/posts-48",
    "delivered_suppliers": "The comparison: https://files.example.com/pellets",
    "copied_name": "Three posts for Instagram and Facebook, week 49",
    # What the bot does.
    "handed": "handed to {name}, with a complete brief",
    "told": "handed to {name}: due date and instructions are in the comment",
    "copied": "handed to {name}: the copied brief stays, the due date is worked out anew",
    "steps": "{count} steps",
    "due": "due {date} ({place})",
    "asked": "asks {name} for what is missing",
    "asked_core": "asks {name} whether this card should really be handed over",
    "asked_approval": "asks {name} to approve so many cards",
    "passed": "passes the question on to {name}",
    "proposed": "proposes a later date to {name}",
    "delivered": "announces the delivery to {name}",
    "asked_deliverable": "asks {name} where the result is",
    "checked_in": "checks in with {name}",
    "asked_date": "asks {name} for a new date, since the due date has passed",
    "told_late": "tells {name} that the new date is a long time coming",
    "offered_help": "offers {name} help after two working days without anything new",
    "reminded": "reminds {name} that the card is waiting",
    "told_changes": "tells {name} what has changed on the card",
    "replied": "answers {name}",
    "digest": "sums up the week for {name}",
    "same_picture": (
        "Between two digests the portfolio card shows the same picture, always current."
    ),
    "in_words": "{line}:",
    "there": "{line} ({hour} in {place})",
    "flagged": "label “{about}” set",
    "unflagged": "label “{about}” taken off: work has resumed",
    "thumb": "👍 on {about}",
    "thumb_until": "👍 on {about}: quiet until {date}, except just before the due date",
    "unticked": "“{about}” unticked, for the next answer",
    "dated": "new due date set",
    "left_alone": "leaves alone:",
    "nothing": "Nothing to do: everything is in order. Nothing written.",
    "dashboard_only": (
        "Nothing to say; only the picture on the portfolio card is brought up to date."
    ),
    "silent": "Nothing to say.",
    "first_brief": "The first brief, as {name} reads it",
    "brief_goes_on": (
        "Then {count} more steps and, further down: {headings}. The whole brief is in after.html."
    ),
    # The end.
    "sum": "The week in short",
    "sum_handed": "Cards handed to an assistant",
    "sum_asked": "Questions to {owner} before handing over",
    "sum_passed": "Questions passed on to {owner}",
    "sum_checked_in": "Check-ins before the due date",
    "sum_offered_help": "Help offered when nothing moved",
    "sum_asked_date": "New dates asked for",
    "sum_delivered": "Deliveries announced to {owner}",
    "sum_digest": "Weekly digest for {owner}",
    "sum_alone": "Cards left alone",
    "sum_requests": "Requests to Trello, of which writes",
    "sum_requests_value": "{requests}, of which {writes}",
    "pages": "The board, to open in a browser",
    "before": "before",
    "after": "after",
    "go_on": "To go on",
    "go_on_sandbox": "the emulated Trello in a browser, to try the bot",
    "go_on_readme": "connect a real board, in three steps",
    "readme": "README.md",
    "no_folder": "Cannot write to {folder}: {problem}",
}
