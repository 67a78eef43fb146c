"""The keys in the front matter of a kind of task, read with the rules of the configuration."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from bot.domain import policy as domain
from bot.settings import fields
from bot.settings.model import Section

Texts = Annotated[tuple[fields.Text, ...], BeforeValidator(fields.as_list)]


class StepKeys(Section):
    """One step of the method; a text alone is a step without a time."""

    do: fields.Text
    time: fields.WorkingTime | None = None


def _as_step(value: Any) -> Any:
    return value if isinstance(value, dict) else {"do": value}


Steps = Annotated[
    tuple[Annotated[StepKeys, BeforeValidator(_as_step)], ...], BeforeValidator(fields.as_list)
]


class TextKeys(Section):
    """What the kind says in one language."""

    objective: fields.Text | None = None
    why: fields.Text | None = None
    result: fields.Text | None = None
    method: Steps = ()
    resources: Texts = ()
    sample: fields.Text | None = None
    tools: Texts = ()
    deliver: fields.Text | None = None
    decide: Texts = ()
    questions: Texts = ()

    def read(self, title: str) -> domain.KindText:
        """Return these texts under the kind's ``title``."""
        return domain.KindText(
            title=title,
            objective=self.objective,
            why=self.why,
            result=self.result,
            method=tuple(domain.Step(step.do, step.time) for step in self.method),
            resources=self.resources,
            sample=self.sample,
            tools=self.tools,
            deliver=self.deliver,
            decide=self.decide,
            questions=self.questions,
        )


class NameKeys(Section):
    """The kind's name for people; without it, the file's name."""

    fr: fields.Name | None = None
    en: fields.Name | None = None


class KeywordKeys(Section):
    """Words in a card's title that choose the kind."""

    fr: fields.Names = ()
    en: fields.Names = ()


class StallKeys(Section):
    """When work of this kind counts as stopped."""

    after: fields.WorkingDuration


class KindKeys(Section):
    """The whole front matter."""

    names: NameKeys = fields.as_written({})
    keywords: KeywordKeys = fields.as_written({})
    attachments: Literal["optional", "required"] = "optional"
    files: fields.Names = ()
    links: fields.Links = ()
    working_document: fields.Flag = False
    title_is_objective: fields.Flag = False
    workload: fields.WorkingTime | None = None
    stall: StallKeys | None = None
    fr: TextKeys | None = None
    en: TextKeys | None = None
