"""What a reading says: plain values, each proposal with its lines and how sure it is (0 to 1)."""

import datetime
from dataclasses import dataclass, field

from core.timephrase import TimePhrase
from documents.reading.codes import Code

_CAPACITIES = {
    "TM": "collective",
    "KT": "deputy",
    "TL": "by_order",
    "TUQ": "by_order",
    "Q": "acting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisReading:
    """A paper cited as a basis; `number` is an integer, or "59/2023" where the year belongs to it.

    `symbol` is what follows ("QĐ/TW", "NĐ-CP").
    """

    literal: str
    kind: str | None = None
    number: int | str | None = None
    symbol: str | None = None
    body: str | None = None
    date: datetime.date | None = None
    title: str | None = None
    is_in_body: bool = False
    line: int = 0
    confidence: float = 1.0

    @property
    def register_code(self) -> str:
        """Number and symbol as printed ("218-QĐ/TW"); empty without a number."""
        return "" if self.number is None else str(Code(self.number, self.symbol or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseReading:
    """A paragraph: `kind` of documents.ClauseKind, the marker as written, children below it.

    `cells` hold what stands beside the text in a table (the conductor of a programme item).
    """

    kind: str
    marker: str
    text: str
    line: int = 0
    children: tuple["ClauseReading", ...] = ()
    cells: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReading:
    """A conference the plan foresees; `kind` is periodic, thematic or ad_hoc."""

    literal: str
    quarter: int | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    theme: str | None = None
    audience: str | None = None
    place: str | None = None
    units: tuple[str, ...] = ()
    kind: str = "periodic"
    chairs: tuple[str, ...] = ()
    time: TimePhrase | None = None
    line: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReading:
    """Who takes part; at most one shape of quota (exact, range, per unit)."""

    text: str
    level: str | None = None
    exact: int | None = None
    min: int | None = None
    max: int | None = None
    per_unit: int | None = None
    unit_count: int | None = None
    is_approximate: bool = False
    selector: str | None = None
    children: tuple["GroupReading", ...] = ()
    line: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeItemReading:
    """One line of the programme and who conducts it."""

    position: int
    text: str
    conductor: str | None = None
    line: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReading:
    """What a body has to do.

    `role`: lead, cooperate, advise, direct, monitor, supervise (plans.Duty.Part) or carry_out when
    the paper names no part. `stages` hold before, during, after. `is_continued` marks a further act
    cut from the same paragraph, `names_its_body` one that stands below no body but says whose it is.
    """

    text: str
    role: str
    actors: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    deliverable: str | None = None
    send_to: tuple[str, ...] = ()
    via: str | None = None
    due: TimePhrase | None = None
    due_line: int = 0
    is_continued: bool = False
    names_its_body: bool = False
    line: int = 0
    confidence: float = 1.0

    @property
    def stage(self) -> str | None:
        """The stage if there is exactly one (a duty row keeps one)."""
        return self.stages[0] if len(self.stages) == 1 else None

    @property
    def due_literal(self) -> str | None:
        """The wording of the deadline."""
        return self.due.literal if self.due else None

    @property
    def due_on(self) -> datetime.date | None:
        """The last good day if the words alone give it; "trước ngày D" gives D − 1."""
        if self.due is None or self.due.is_relative or not self.due.is_deadline:
            return None
        return self.due.resolve()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientReading:
    """A line of Nơi nhận; `purpose` is report, carry_out, inform, archive or nothing."""

    text: str
    purpose: str | None = None
    line: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReading:
    """Who signs: prefix as printed ("T/M"), collective, post, name."""

    capacity: str | None = None
    collective: str | None = None
    post: str | None = None
    name: str | None = None
    signed_at: datetime.datetime | None = None
    line: int = 0
    confidence: float = 1.0

    @property
    def capacity_value(self) -> str:
        """The value of documents.Document.Capacity."""
        prefix = (self.capacity or "").replace("/", "").replace(".", "").upper()
        if prefix == "KT" and self.collective:
            return "body_deputy"
        return _CAPACITIES.get(prefix, "head")


@dataclass(frozen=True, slots=True)
class Part:
    """A line outside the clause tree and what it was taken for ("number", "recipient"…)."""

    role: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """One paper of a file. `before` and `after` keep every line around the clauses, in order."""

    type: str | None = None
    number: int | None = None
    symbol: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    collective: str | None = None
    abstract: str | None = None
    system: str | None = None
    year: int | None = None
    number_literal: str | None = None
    date_literal: str | None = None
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[BasisReading, ...] = ()
    clauses: tuple[ClauseReading, ...] = ()
    sessions: tuple[SessionReading, ...] = ()
    participant_groups: tuple[GroupReading, ...] = ()
    programme: tuple[ProgrammeItemReading, ...] = ()
    duties: tuple[DutyReading, ...] = ()
    recipients: tuple[RecipientReading, ...] = ()
    signature: SignatureReading | None = None
    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()
    line: int = 1
    last_line: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFinding:
    """Something worth a look: the rule of domain.md §4.3, how bad, one sentence, the line."""

    rule: str
    severity: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything read from one file."""

    documents: tuple[DocumentReading, ...] = ()
    findings: tuple[ReadingFinding, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
