"""The demonstration in French."""

FRENCH = {
    "title": "Une semaine avec delegate-bot",
    "business": "{board} : {trade}.",
    "people": (
        "{owner} tient l’entreprise et délègue à {first}, à {first_place} ({first_capacity} par "
        "jour), et à {second}, à {second_place} ({second_capacity} par jour)."
    ),
    "how": (
        "Tout se passe sur cette machine, dans un Trello simulé : ni compte, ni réseau. Le robot y "
        "travaille avec son vrai client, en HTTP, sur des jours simulés. Les heures sont celles de "
        "{place}."
    ),
    "bot": "le robot",
    "progress": "La semaine passe",
    # What people do.
    "act_labels": "pose l’étiquette « delegate » sur six cartes :",
    "act_ask": "lit son brief, passe la carte en cours et demande :",
    "act_tick_answer": "coche « {answer} » : un clic suffit.",
    "act_reply": "répond à {first}, qui reprend la main :",
    "act_blanks": "répond, une ligne par point :",
    "act_go": "réfléchit, puis se décide :",
    "act_deliver": "coche les étapes, livre et passe la carte à valider :",
    "act_moves_on": "commence une autre carte :",
    "act_deliver_nothing": "passe la carte à valider, sans un mot ni un lien :",
    "act_link": "ajoute le lien « {link} » :",
    "act_approve": "valide ce qui est livré :",
    "act_take_over": "confie à {to} une carte de {since} :",
    "act_why": "veut savoir où en est une carte :",
    "act_pause": "coche une étape, passe la carte en cours et demande du calme :",
    "act_new_date": "donne une nouvelle date à la carte et répond :",
    "act_goes_on": "coche une étape, passe la carte en cours et répond, d’un mot d’abord :",
    "act_also": "commence aussi :",
    "act_copy": "valide la carte, puis la copie, échéance passée et tout :",
    "act_nobody": "La semaine s’achève, personne n’a rien demandé de plus.",
    "act_new_week": "Une autre semaine commence. {owner} n’a ouvert aucune carte depuis vendredi.",
    # What people write.
    "question": (
        "5 h me vont. Je commence par les questions que posent les clients.\n"
        "Peut-on citer Mme Morel et montrer sa chaudière ?"
    ),
    "reply": "Oui, par son prénom seulement. Sa chaudière, avec plaisir.",
    "blanks": (
        "méthode :\n"
        "- relever les adresses dans la base clients\n"
        "- proposer trois visuels, j’en choisis un\n"
        "- faire imprimer 120 cartes\n"
        "- adresser les enveloppes\n"
        "charge : 4h\n"
        "pour : 11 décembre"
    ),
    "go": "/go",
    "why": "/pourquoi",
    "pause": "/pause 3j\nLe propriétaire ne rentre que lundi, j’avance sans lui.",
    "new_date": "Il manque la relecture. Je livre ce soir, avant 17 h.",
    "goes_on": "ok\nJ’ai les adresses, les visuels arrivent demain.",
    "link_name": "Factures de novembre",
    "link": "https://dossiers.example.com/factures-2026-11",
    "delivered_article": "L’article est prêt : https://dossiers.example.com/article-chaudiere",
    "delivered_posts": "Les trois textes : https://dossiers.example.com/publications-48",
    "delivered_suppliers": "Le tableau comparatif : https://dossiers.example.com/granules",
    "copied_name": "Trois publications Instagram et Facebook, semaine 49",
    # What the bot does.
    "handed": "confiée à {name}, avec son brief complet",
    "told": "confiée à {name} : l’échéance et les consignes sont dans le commentaire",
    "copied": "confiée à {name} : le brief copié reste, l’échéance est recalculée",
    "steps": "{count} étapes",
    "due": "pour {date} ({place})",
    "asked": "demande à {name} ce qui manque",
    "asked_core": "demande à {name} si cette carte doit vraiment quitter ses mains",
    "asked_approval": "demande à {name} son accord pour tant de cartes",
    "passed": "transmet la question à {name}",
    "proposed": "propose à {name} une date plus tardive",
    "delivered": "annonce la livraison à {name}",
    "asked_deliverable": "demande à {name} où est le résultat",
    "checked_in": "prend des nouvelles auprès de {name}",
    "asked_date": "demande une nouvelle date à {name}, l’échéance étant passée",
    "told_late": "prévient {name} que la nouvelle date se fait attendre",
    "offered_help": "propose son aide à {name} après deux jours de travail sans rien de nouveau",
    "reminded": "rappelle à {name} que la carte l’attend",
    "told_changes": "dit à {name} ce qui a changé sur la carte",
    "replied": "répond à {name}",
    "digest": "résume la semaine pour {name}",
    "same_picture": (
        "Entre deux bilans, la carte du portefeuille montre la même vue, toujours à jour."
    ),
    "in_words": "{line} :",
    "there": "{line} ({hour} à {place})",
    "flagged": "étiquette « {about} » posée",
    "unflagged": "étiquette « {about} » retirée : le travail a repris",
    "thumb": "👍 sur {about}",
    "thumb_until": "👍 sur {about} : calme jusqu’à {date}, sauf juste avant l’échéance",
    "unticked": "« {about} » décochée, pour la prochaine réponse",
    "dated": "nouvelle échéance posée",
    "left_alone": "laisse tel quel :",
    "nothing": "Rien à faire : tout est en ordre. Aucune écriture.",
    "dashboard_only": "Rien à dire ; seule la vue sur la carte du portefeuille est mise à jour.",
    "silent": "Rien à dire.",
    "first_brief": "Le premier brief, tel que {name} le lit",
    "brief_goes_on": (
        "Puis {count} autres étapes et, plus bas : {headings}. Le brief entier est dans after.html."
    ),
    # The end.
    "sum": "La semaine en bref",
    "sum_handed": "Cartes remises à un assistant",
    "sum_asked": "Questions à {owner} avant de confier",
    "sum_passed": "Questions transmises à {owner}",
    "sum_checked_in": "Nouvelles prises avant l’échéance",
    "sum_offered_help": "Aide proposée quand rien ne bougeait",
    "sum_asked_date": "Nouvelles dates demandées",
    "sum_delivered": "Livraisons annoncées à {owner}",
    "sum_digest": "Bilan de la semaine pour {owner}",
    "sum_alone": "Cartes laissées telles quelles",
    "sum_requests": "Requêtes à Trello, dont écritures",
    "sum_requests_value": "{requests}, dont {writes}",
    "pages": "Le tableau, à ouvrir dans un navigateur",
    "before": "avant",
    "after": "après",
    "go_on": "Pour continuer",
    "go_on_sandbox": "le Trello simulé dans un navigateur, pour essayer le robot",
    "go_on_readme": "brancher un vrai tableau, en trois étapes",
    "readme": "README.fr.md",
    "no_folder": "Impossible d’écrire dans {folder} : {problem}",
}
