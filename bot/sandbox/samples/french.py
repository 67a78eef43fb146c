"""A heating engineer in Annecy, in French."""

from datetime import UTC, datetime

from bot.sandbox.samples.shape import CardText, SampleText, Somebody

FRENCH = SampleText(
    language="fr",
    board="Chaleur Durand",
    trade="poêles et chaudières à granulés, Annecy",
    owner=Somebody("paul", "Paul Durand", "Europe/Paris", "FR"),
    first=Somebody("mel", "Mel Rakoto", "Indian/Antananarivo", "MG"),
    second=Somebody("chloetremblay", "Chloé Tremblay", "America/Moncton", "CA-NB"),
    lists={
        "todo": "À faire",
        "doing": "En cours",
        "review": "À valider",
        "done": "Terminé",
        "ideas": "Idées",
        "steering": "Pilotage",
    },
    labels={
        "delegate": "delegate",
        "important": "important",
        "hold": "en attente",
        "core": "cœur de métier",
        "stalled": "à regarder",
    },
    cards=(
        CardText(
            "portfolio",
            "steering",
            "Portefeuille",
            "Cap du trimestre\u00a0: douze poses, et plus un devis qui traîne.",
        ),
        CardText("maintenance", "ideas", "Proposer un contrat d’entretien annuel"),
        CardText("showroom", "ideas", "Un coin démonstration dans l’atelier ?"),
        CardText(
            "article",
            "todo",
            "Article de blog : entretenir sa chaudière à granulés",
            "On me pose la question chaque automne, autant y répondre une bonne fois.\n"
            "Insister sur les cendres et sur le joint de porte, c’est là que tout commence.\n"
            "\n"
            "Objectif\u00a0: un article que je peux envoyer à un client qui hésite\n"
            "Pièces\u00a0: https://photos.example.com/chaudiere-novembre\n"
            "Priorité\u00a0: 1",
            ("important",),
        ),
        CardText(
            "invoices",
            "todo",
            "Facturer les dépannages de novembre",
            "Cinq dépannages. Chez Mme Roche, le déplacement est offert.",
            link=("https://dossiers.example.com/depannages-2026-11", "Bons d’intervention"),
        ),
        CardText(
            "suppliers",
            "todo",
            "Comparatif : trois fournisseurs de granulés",
            "Le nôtre a augmenté deux fois cette année. Il nous faut du certifié ENplus A1,\n"
            "livré par palette, à moins de 60 km.\n"
            "\n"
            "charge\u202f: 3h\n"
            "pour\u202f: vendredi",
        ),
        CardText(
            "posts",
            "todo",
            "Trois publications Instagram et Facebook, semaine 48",
            "Les photos du chantier Morel sont dans le dossier partagé, elle est d’accord.\n"
            "\n"
            "charge : 1h30\n"
            "pour : mercredi\n"
            "assistant : Mel",
        ),
        CardText("wishes", "todo", "Préparer les cartes de vœux"),
        CardText(
            "lease",
            "todo",
            "Renégocier le bail de l’atelier",
            "Il finit en mars. Le propriétaire est ouvert à trois ans de plus.\n"
            "\n"
            "méthode :\n"
            "- relire le bail et noter ce qui se renégocie\n"
            "- relever cinq loyers comparables dans la zone\n"
            "- rédiger une proposition d’une page\n"
            "charge : 4h",
            ("core",),
        ),
        CardText(
            "prices",
            "todo",
            "Mettre à jour le site : tarifs 2027",
            "Les tarifs arrivent le 7 décembre, pas avant.",
            ("delegate", "hold"),
        ),
        CardText(
            "visit",
            "todo",
            "Modèle : visite de contrôle",
            "Client, adresse, appareil, date de pose.",
            ("delegate",),
            template=True,
        ),
        CardText(
            "apprentice",
            "doing",
            "Recruter un apprenti",
            "Deux candidats vus, un troisième jeudi.",
            checklist=("Entretiens", "Lina", "Hugo", "Yanis"),
        ),
        CardText(
            "taxes",
            "done",
            "Déclarer la TVA d’octobre",
            due=datetime(2026, 11, 19, 17, tzinfo=UTC),
            done=True,
        ),
        CardText("gaskets", "done", "Commander les joints de porte"),
    ),
)
