"""What people type into one clause: its words and the fact that hangs on it."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TextField
from core.threeway import Joined, join
from documents import facts
from documents.facts import Reading
from documents.models import Clause

CLAUSE_LIMIT = 20_000
Posted = MultiValueDict[str, str]


class ClauseForm(forms.Form):
    """The words of one clause; `base` are the words the person began with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    text = TextField(
        CLAUSE_LIMIT,
        label=gettext_lazy("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
    )

    def __init__(self, *args: Any, is_text_required: bool = True, **kwargs: Any) -> None:
        """The words may stay empty where the fact proposes them."""
        super().__init__(*args, **kwargs)
        if not is_text_required:
            self.fields["text"].required = False
            self.fields["text"].help_text = _("Để trống: phần mềm viết theo các mục bên dưới.")


class ClauseEditor:
    """The form of a clause's words together with the form of the fact that hangs on it.

    With `words_only` in what was posted the fact is left as it is: most saves are of words.
    """

    def __init__(self, clause: Clause, posted: Posted | None = None) -> None:
        """Bound when something was posted, else filled from the stored clause."""
        self.clause = clause
        self.fact = facts.get(clause.kind)
        self.is_words_only = posted is not None and "words_only" in posted
        self.known = self._fact_initial(clause) if posted is None else {}
        own = self._own_words() if posted is None else clause.text
        self.words = ClauseForm(
            posted,
            initial={"version": clause.version, "base": own, "text": own},
            is_text_required=self.fact.propose is None,
        )
        self.fact_form: forms.Form | None = None
        if self.fact.form is not None and not self.is_words_only:
            self.fact_form = self._fact_form(posted, self.known)

    @classmethod
    def read_from(cls, clause: Clause, posted: Posted) -> "ClauseEditor":
        """The words as typed, and the fact as they are understood; nothing is checked yet."""
        editor = cls(clause)
        typed = ClauseForm(posted)
        for name in ("version", "base", "text"):
            editor.words.initial[name] = typed[name].value()
        reading = editor.reading
        if reading is not None and editor.fact.form is not None:
            editor.fact_form = editor._fact_form(None, {**editor.known, **reading.values})
        return editor

    @property
    def reading(self) -> Reading | None:
        """What the words say about the fact, if they are understood."""
        text = str(self.words["text"].value() or self.clause.text).strip()
        return self.fact.read(self.clause, text) if self.fact.read is not None and text else None

    @property
    def news(self) -> Reading | None:
        """The reading, if it says something the fact does not know yet."""
        reading = self.reading
        if reading is None:
            return None
        is_new = any(
            _comparable(self.known.get(name)) != _comparable(value)
            for name, value in reading.values.items()
        )
        return reading if is_new else None

    @property
    def can_read(self) -> bool:
        """Whether words of this kind are understood at all."""
        return self.fact.read is not None

    def is_valid(self) -> bool:
        """Whether both can be saved; also when neither was posted: no."""
        words_are_valid = self.words.is_valid()
        if self.fact_form is not None and not self.fact_form.is_valid():
            return False
        return words_are_valid and self._has_words()

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        fact = self.fact_form.cleaned_data if self.fact_form is not None else None
        return {"text": self.words.cleaned_data["text"], "fact": fact}

    @property
    def version(self) -> int:
        """The version the person saw; 0 (never right) when the form did not say."""
        return self.words.cleaned_data.get("version") or 0

    def joined_with(self, current: Clause) -> Joined:
        """The words typed here and those stored now, joined over the words both began with."""
        base = self.words.cleaned_data.get("base") or ""
        return join(base.replace("\r\n", "\n"), self.words.cleaned_data["text"], current.text)

    def differences(self, current: Clause) -> list[dict[str, str]]:
        """What was typed beside what is stored now, for the page of a stale form."""
        rows = [
            {
                "label": str(self.words.fields["text"].label),
                "mine": self.words.cleaned_data["text"],
                "theirs": current.text,
            }
        ]
        theirs = self._fact_initial(current) if self.fact_form else {}
        for field in self.fact_form or ():
            row = {"label": field.label, "mine": field.value(), "theirs": theirs.get(field.name)}
            rows.append({name: str(value or "") for name, value in row.items()})
        return rows

    def _own_words(self) -> str:
        """The stored words; empty while they are just what the fact proposes, so they follow it."""
        propose, clause = self.fact.propose, self.clause
        if not clause.pk or propose is None:
            return clause.text
        return "" if propose(clause, self.known) == clause.text else clause.text

    def _has_words(self) -> bool:
        if self.values["text"] or (self.is_words_only and self.fact.propose is not None):
            return True
        propose = self.fact.propose
        if propose is not None and propose(self.clause, self.values["fact"] or {}):
            return True
        self.words.add_error("text", _("Hãy viết nội dung, hoặc điền các mục bên dưới."))
        return False

    def _fact_form(self, posted: Posted | None, initial: dict[str, Any]) -> forms.Form:
        assert self.fact.form is not None
        options: dict[str, Any] = {"prefix": "fact", "initial": initial}
        return self.fact.form(posted, clause=self.clause, **options)

    def _fact_initial(self, clause: Clause) -> dict[str, Any]:
        if self.fact.initial is None or clause.pk is None:
            return {}
        return self.fact.initial(clause)


def _comparable(value: Any) -> Any:
    """Rows and lists of rows as sets of keys, nothing as nothing."""
    if isinstance(value, list | tuple):
        return {getattr(one, "pk", one) for one in value}
    return getattr(value, "pk", str(value) if value else "")
