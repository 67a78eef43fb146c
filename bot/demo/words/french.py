"""The demonstration in French."""

FRENCH = {
    "title": "Une semaine avec delegate-bot",
    "business": "{board} : {trade}.",
    "people": (
        "{owner} tient l’entreprise et délègue à {first}, à {first_place} ({first_capacity} par "
        "jour), et à {second}, à {second_place} ({second_capacity} par jour)."
    ),
    "how": (
        "Tout se passe sur cette machine, dans un Trello simulé : ni compte, ni réseau. Le bot y "
        "travaille avec son vrai client, en HTTP, sur des jours simulés. Les heures sont celles de "
        "{place}."
    ),
    "bot": "le bot",
    "progress": "La semaine passe",
    # What people do.
    "act_labels": "pose l’étiquette « delegate » sur six cartes :",
    "act_quiet": "Depuis six minutes, plus personne ne touche aux cartes.",
    "act_first_answer": "lit son brief, passe la carte en cours et répond :",
    "act_reply": "répond à {first} :",
    "act_blanks": "répond sur « {card} », une ligne par point :",
    "act_go": "réfléchit, puis écrit sur « {card} » :",
    "act_deliver": "coche les étapes de « {card} », livre et passe la carte à valider :",
    "act_approve": "valide ce qui est livré :",
    "act_copy": "valide « {card} », puis copie la carte, échéance passée et tout :",
    "act_take_over": "confie à {to}, qui a de la place, une carte de {since} :",
    "act_second": "coche sa première étape et passe la carte en cours :",
    "act_nobody": "Personne n’a rien demandé de plus.",
    # What people write.
    "first_answer": (
        "5 h me vont. Je commence par les questions que posent les clients.\n"
        "Peut-on citer Mme Morel et montrer sa chaudière ?"
    ),
    "reply": "Oui, par son prénom seulement. Sa chaudière, avec plaisir.",
    "blanks": (
        "méthode :\n"
        "- relever les adresses dans la base clients\n"
        "- proposer trois visuels, j’en choisis un\n"
        "- faire imprimer 120 cartes\n"
        "- adresser les enveloppes\n"
        "charge : 4h\n"
        "pour : 11 décembre"
    ),
    "go": "/go",
    "delivered_article": "L’article est prêt, le lien est dans le document des livraisons.",
    "delivered_invoices": "Cinq factures envoyées, le déplacement de Mme Roche est offert.",
    "delivered_posts": "C’est livré : les trois textes sont dans le document de la semaine.",
    "copied_name": "Trois publications Instagram et Facebook, semaine 49",
    "second_answer": "Je m’en occupe. Deux fournisseurs appelés ce matin, le troisième demain.",
    # What the bot does.
    "handed": "confiée à {name}, avec son brief complet",
    "told": "confiée à {name} : l’échéance et les consignes sont dans le commentaire",
    "copied": "confiée à {name} : le brief copié reste, l’échéance est recalculée",
    "steps": "{count} étapes",
    "due": "pour {date} ({place})",
    "asks": "interroge {name} :",
    "go_seen": "👍 sur le /go",
    "left_alone": "laisse tel quel :",
    "nothing": "Rien à faire : tout est en ordre. Aucune écriture.",
    "requests": "requêtes : {requests}, dont écritures : {writes}",
    "whole_brief": "Le premier brief, tel que {name} le lit",
    # The end.
    "sum": "La semaine en bref",
    "sum_handed": "Cartes remises à un assistant",
    "sum_asked": "Questions posées à {owner}",
    "sum_alone": "Cartes laissées telles quelles",
    "sum_requests": "Requêtes à Trello, dont écritures",
    "sum_requests_value": "{requests}, dont {writes}",
    "pages": "Le tableau, à ouvrir dans un navigateur",
    "before": "avant",
    "after": "après",
    "go_on": "Pour continuer",
    "go_on_sandbox": "le Trello simulé, à regarder dans un navigateur",
    "go_on_readme": "brancher un vrai tableau, en cinq étapes",
    "readme": "README.fr.md",
    "no_folder": "Impossible d’écrire dans {folder} : {problem}",
}
