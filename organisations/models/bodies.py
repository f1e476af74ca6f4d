"""Units, organisations, their terms, posts and clocks, in force between two dates."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that are in force between two dates."""

    def current(self, today: "datetime.date") -> "DatedQuerySet":
        """Rows in force on `today`."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=today),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=today),
        )

    def overlapping(
        self, valid_from: "datetime.date | None", valid_to: "datetime.date | None"
    ) -> "DatedQuerySet":
        """Rows in force on at least one day of a period; None is open."""
        rows = self.all()
        if valid_from:
            rows = rows.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=valid_from))
        if valid_to:
            rows = rows.filter(
                models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=valid_to)
            )
        return rows


class AdministrativeUnit(models.Model):
    """A place with a government or a people: hamlet, commune, province (domain.md §2.7)."""

    class Level(models.TextChoices):
        """Where in the state the unit stands; the district level ended on 01/7/2025."""

        HAMLET = "hamlet", _("Thôn, tổ dân phố")
        COMMUNE = "commune", _("Xã, phường, đặc khu")
        DISTRICT = "district", _("Huyện (đến 30/6/2025)")
        PROVINCE = "province", _("Tỉnh, thành phố")
        CENTRAL = "central", _("Trung ương")

    name = models.CharField(_("tên"), max_length=120)
    kind = models.CharField(_("loại"), max_length=40, help_text=_("xã, phường, thôn…"))
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Organisation(models.Model):
    """A body that issues papers or does work, in force between two dates."""

    class System(models.TextChoices):
        """Decides the layout of what the organisation issues (domain.md §1.1)."""

        PARTY = "party", _("Đảng")
        STATE = "state", _("Nhà nước")
        FRONT = "front", _("Mặt trận Tổ quốc")
        UNION = "union", _("Đoàn thể")
        OTHER = "other", _("Khác")

    class Function(models.TextChoices):
        """What an organisation is there for, whatever it is called in a given year."""

        OFFICE = "office", _("Văn phòng")
        MASS_MOBILISATION = "mass_mobilisation", _("Tham mưu công tác dân vận")
        INSPECTION = "inspection", _("Kiểm tra")
        GOVERNMENT = "government", _("Ủy ban nhân dân")
        COMMITTEE = "committee", _("Cấp ủy")
        SPECIALIST = "specialist", _("Cơ quan chuyên môn")
        FRONT = "front", _("Mặt trận")
        UNION = "union", _("Đoàn thể")
        POLICE = "police", _("Công an")
        MEDIA = "media", _("Truyền thanh, thông tin")
        HAMLET = "hamlet", _("Thôn, tổ dân phố, chi bộ")

    name = models.CharField(_("tên đầy đủ"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=80)
    symbol = models.CharField(_("ký hiệu"), max_length=20, blank=True)
    system = models.CharField(_("hệ thống"), max_length=10, choices=System)
    function = models.CharField(_("chức năng"), max_length=20, choices=Function)
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="organisations")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    parent_heading = models.CharField(_("dòng cơ quan cấp trên"), max_length=200, blank=True)
    place_name = models.CharField(_("địa danh ghi trên văn bản"), max_length=80, blank=True)
    collective = models.CharField(
        _("tập thể ban hành"), max_length=120, blank=True, help_text=_("Ban Thường vụ…")
    )
    archive_line = models.CharField(_("dòng lưu"), max_length=120, blank=True)
    contact = models.CharField(_("liên hệ công khai"), max_length=250, blank=True)
    citizen_reception = models.CharField(_("nơi tiếp công dân"), max_length=250, blank=True)
    is_before_inclusive = models.BooleanField(_("“trước ngày” tính cả ngày đó"), default=False)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class PartyTerm(models.Model):
    """A party committee's term: party documents are numbered anew in each (domain.md §1.2.4)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms")
    name = models.CharField(_("nhiệm kỳ"), max_length=40)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation.short_name} {self.name}"


class Post(models.Model):
    """A post people hold in an organisation and sign under."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    name = models.CharField(_("chức vụ"), max_length=120)
    is_head = models.BooleanField(_("người đứng đầu"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="post_once_per_body")
        ]

    def __str__(self) -> str:
        return self.name


class DeadlineRule(models.Model):
    """A legal or local clock as data: its phrase, its source, for one organisation or for all.

    Examples: `conclusion_notice` "trong 07 ngày làm việc kể từ khi kết thúc hội nghị",
    `publish_result`, `announce` (domain.md §2.2; figures marked there as unverified stay editable).
    """

    code = models.SlugField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="deadline_rules"
    )
    phrase = models.CharField(_("thời hạn"), max_length=200)
    source = models.CharField(_("căn cứ"), max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "organisation"], name="deadline_rule_once", nulls_distinct=False
            )
        ]

    LABELS: ClassVar[dict[str, object]] = {
        "conclusion_notice": _("Ban hành thông báo kết luận"),
        "publish_result": _("Công khai kết quả đối thoại"),
        "announce": _("Thông báo trước hội nghị"),
        "petition_send": _("Gửi kiến nghị cấp trên"),
        "petition_reply": _("Chờ cấp trên trả lời kiến nghị"),
        "data_reply": _("Trả lời yêu cầu về dữ liệu cá nhân"),
        "data_withdraw": _("Thực hiện việc rút lại sự đồng ý"),
        "data_access": _("Cho xem dữ liệu cá nhân"),
        "data_correct": _("Sửa dữ liệu cá nhân"),
        "data_erase": _("Xóa dữ liệu cá nhân"),
    }

    def __str__(self) -> str:
        return f"{self.code}: {self.phrase}"

    @property
    def label(self) -> object:
        """What the clock is for, in the office's words."""
        return self.LABELS.get(self.code, self.code)
