"""Units, bodies and accounts of the demonstration."""

import datetime
from dataclasses import dataclass

from organisations.models import (
    AdministrativeUnit,
    Membership,
    Organisation,
    PartyTerm,
    Post,
    Role,
    User,
)

PASSWORD = "doi-thoai-thu"  # noqa: S105 — the demonstration's accounts, refused in production
DOMAIN = "lamgiang.example"
REFORM = datetime.date(2025, 7, 1)
Level = AdministrativeUnit.Level
System = Organisation.System
Function = Organisation.Function


@dataclass
class People:
    """What the stages need to name: bodies and accounts by short key."""

    units: dict[str, AdministrativeUnit]
    bodies: dict[str, Organisation]
    users: dict[str, User]


def build_people() -> People:
    """Create province, communes, hamlets, bodies, posts and one account per role."""
    units = _units()
    bodies = {key: _body(units, key, *row) for key, row in BODIES.items()}
    for key, parent in PARENTS.items():
        bodies[key].parent = bodies[parent]
        bodies[key].save(update_fields=["parent"])
    _history(units)
    for key in ("dang_uy", "dang_uy_2", "tinh_uy"):
        PartyTerm.objects.create(
            organisation=bodies[key], name="2025 - 2030", starts_on=REFORM, ends_on=None
        )
    users = {key: _account(bodies, key, *row) for key, row in ACCOUNTS.items()}
    return People(units, bodies, users)


def _units() -> dict[str, AdministrativeUnit]:
    unit = AdministrativeUnit.objects.create
    province = unit(name="Lam Giang", kind="tỉnh", level=Level.PROVINCE)
    commune = unit(
        name="Đồng Xuân Thượng",
        kind="xã",
        level=Level.COMMUNE,
        parent=province,
        valid_from=REFORM,
    )
    ward = unit(
        name="Bến Sông", kind="phường", level=Level.COMMUNE, parent=province, valid_from=REFORM
    )
    units = {"tinh": province, "xa": commune, "phuong": ward}
    for number, name in enumerate(("Đầm Sen", "Gò Mây", "Cầu Gỗ", "Vạn Thọ"), start=1):
        units[f"thon_{number}"] = unit(name=name, kind="thôn", level=Level.HAMLET, parent=commune)
    for number, name in enumerate(("số 1", "số 2"), start=1):
        units[f"to_{number}"] = unit(name=name, kind="tổ dân phố", level=Level.HAMLET, parent=ward)
    return units


def _history(units: dict[str, AdministrativeUnit]) -> None:
    """The district of before the reform, kept for old papers, with its successors."""
    last_day = REFORM - datetime.timedelta(days=1)
    district = AdministrativeUnit.objects.create(
        name="Lam Sơn Hạ",
        kind="huyện",
        level=Level.DISTRICT,
        parent=units["tinh"],
        valid_to=last_day,
    )
    district.successors.set([units["xa"], units["phuong"]])
    committee = Organisation.objects.create(
        name="Huyện ủy Lam Sơn Hạ",
        short_name="Huyện ủy",
        symbol="HU",
        system=System.PARTY,
        function=Function.COMMITTEE,
        unit=district,
        valid_to=last_day,
    )
    committee.successors.set(Organisation.objects.filter(symbol="ĐU"))


# key: (unit, name, short name, symbol, system, function)
BODIES: dict[str, tuple[str, str, str, str, str, str]] = {
    "tinh_uy": ("tinh", "Tỉnh ủy Lam Giang", "Tỉnh ủy", "TU", "party", "committee"),
    "ban_dan_van": (
        "tinh",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Ban TG&DV Tỉnh ủy",
        "BTGDVTU",
        "party",
        "mass_mobilisation",
    ),
    "ubnd_tinh": (
        "tinh",
        "Ủy ban nhân dân tỉnh Lam Giang",
        "UBND tỉnh",
        "UBND",
        "state",
        "government",
    ),
    "dang_uy": ("xa", "Đảng ủy xã Đồng Xuân Thượng", "Đảng ủy xã", "ĐU", "party", "committee"),
    "van_phong": ("xa", "Văn phòng Đảng ủy xã", "VP Đảng ủy", "VPĐU", "party", "office"),
    "ban_xdd": (
        "xa",
        "Ban Xây dựng Đảng xã",
        "Ban Xây dựng Đảng",
        "BXDĐ",
        "party",
        "mass_mobilisation",
    ),
    "ubkt": ("xa", "Ủy ban Kiểm tra Đảng ủy xã", "UBKT Đảng ủy", "UBKT", "party", "inspection"),
    "ubnd": ("xa", "Ủy ban nhân dân xã Đồng Xuân Thượng", "UBND xã", "UBND", "state", "government"),
    "kinh_te": ("xa", "Phòng Kinh tế xã", "Phòng Kinh tế", "KT", "state", "specialist"),
    "van_xa": ("xa", "Phòng Văn hóa - Xã hội xã", "Phòng VH-XH", "VHXH", "state", "specialist"),
    "hcc": (
        "xa",
        "Trung tâm phục vụ hành chính công xã",
        "TT Hành chính công",
        "HCC",
        "state",
        "specialist",
    ),
    "cong_an": ("xa", "Công an xã Đồng Xuân Thượng", "Công an xã", "CAX", "state", "police"),
    "mttq": (
        "xa",
        "Ủy ban MTTQ Việt Nam xã Đồng Xuân Thượng",
        "MTTQ xã",
        "MTTQ",
        "front",
        "front",
    ),
    "nong_dan": ("xa", "Hội Nông dân xã", "Hội Nông dân", "HND", "union", "union"),
    "phu_nu": ("xa", "Hội Liên hiệp Phụ nữ xã", "Hội Phụ nữ", "HPN", "union", "union"),
    "chi_bo_1": ("thon_1", "Chi bộ thôn Đầm Sen", "Chi bộ Đầm Sen", "CB", "party", "hamlet"),
    "dang_uy_2": (
        "phuong",
        "Đảng ủy phường Bến Sông",
        "Đảng ủy phường",
        "ĐU",
        "party",
        "committee",
    ),
    "ubnd_2": (
        "phuong",
        "Ủy ban nhân dân phường Bến Sông",
        "UBND phường",
        "UBND",
        "state",
        "government",
    ),
    "kinh_te_2": (
        "phuong",
        "Phòng Kinh tế, Hạ tầng và Đô thị phường",
        "Phòng KTHT&ĐT",
        "KTHTĐT",
        "state",
        "specialist",
    ),
    "mttq_2": (
        "phuong",
        "Ủy ban MTTQ Việt Nam phường Bến Sông",
        "MTTQ phường",
        "MTTQ",
        "front",
        "front",
    ),
}
PARENTS = {
    "ban_dan_van": "tinh_uy",
    "dang_uy": "tinh_uy",
    "van_phong": "dang_uy",
    "ban_xdd": "dang_uy",
    "ubkt": "dang_uy",
    "ubnd": "ubnd_tinh",
    "kinh_te": "ubnd",
    "van_xa": "ubnd",
    "hcc": "ubnd",
    "cong_an": "ubnd",
    "dang_uy_2": "tinh_uy",
    "ubnd_2": "ubnd_tinh",
    "kinh_te_2": "ubnd_2",
}
HEADINGS = {
    "dang_uy": (
        "ĐẢNG BỘ TỈNH LAM GIANG",
        "Đồng Xuân Thượng",
        "Ban Thường vụ",
        "Lưu Văn phòng Đảng ủy",
    ),
    "dang_uy_2": ("ĐẢNG BỘ TỈNH LAM GIANG", "Bến Sông", "Ban Thường vụ", "Lưu Văn phòng Đảng ủy"),
    "ubnd": ("", "Đồng Xuân Thượng", "Ủy ban nhân dân", "Lưu: VT"),
    "ubnd_2": ("", "Bến Sông", "Ủy ban nhân dân", "Lưu: VT"),
}

# key: (body, full name, role, post, is head)
ACCOUNTS: dict[str, tuple[str, str, str, str, bool]] = {
    "vanphong": ("dang_uy", "Trần Thu Hà", Role.CLERK, "Chuyên viên Văn phòng", False),
    "bithu": ("dang_uy", "Lê Quang Minh", Role.HEAD, "Bí thư", True),
    "ubnd": ("ubnd", "Phạm Văn Thành", Role.HEAD, "Chủ tịch", True),
    "vanthu.ubnd": ("ubnd", "Đỗ Thị Lan", Role.CLERK, "Chuyên viên", False),
    "kinhte": ("kinh_te", "Nguyễn Đình Khoa", Role.OFFICER, "Trưởng phòng", True),
    "vanhoa": ("van_xa", "Vũ Thị Hạnh", Role.OFFICER, "Trưởng phòng", True),
    "congan": ("cong_an", "Hoàng Đức Long", Role.OFFICER, "Trưởng Công an xã", True),
    "dangvu": ("ban_xdd", "Bùi Minh Châu", Role.OFFICER, "Phó Trưởng ban", False),
    "nongdan": ("nong_dan", "Đặng Văn Phúc", Role.COLLECTOR, "Chủ tịch Hội", True),
    "thon": ("chi_bo_1", "Ngô Thị Bình", Role.COLLECTOR, "Trưởng thôn", True),
    "mattran": ("mttq", "Trịnh Xuân Hòa", Role.OVERSEER, "Chủ tịch", True),
    "tiepdan": ("dang_uy", "Lý Thị Ngọc", Role.RECEPTION, "Cán bộ tiếp công dân", False),
    "quantri": ("tinh_uy", "Phan Anh Tuấn", Role.ADMIN, "Quản trị hệ thống", False),
    "ubndtinh": ("ubnd_tinh", "Đinh Quốc Việt", Role.CLERK, "Chuyên viên Văn phòng", False),
    "phuong": ("dang_uy_2", "Mai Thanh Tùng", Role.CLERK, "Chuyên viên Văn phòng", False),
    "bithu.phuong": ("dang_uy_2", "Cao Thị Yến", Role.HEAD, "Bí thư", True),
}


def _body(
    units: dict[str, AdministrativeUnit],
    key: str,
    unit: str,
    name: str,
    short: str,
    symbol: str,
    system: str,
    function: str,
) -> Organisation:
    heading, place, collective, archive = HEADINGS.get(key, ("", "Đồng Xuân Thượng", "", ""))
    return Organisation.objects.create(
        unit=units[unit],
        name=name,
        short_name=short,
        symbol=symbol,
        system=system,
        function=function,
        parent_heading=heading,
        place_name=place,
        collective=collective,
        archive_line=archive,
        contact=f"{name}, tỉnh Lam Giang · điện thoại 0200 000 0000",
        citizen_reception=f"Phòng tiếp công dân, trụ sở {name}",
    )


def _account(
    bodies: dict[str, Organisation],
    key: str,
    body: str,
    full_name: str,
    role: str,
    post: str,
    is_head: bool,
) -> User:
    user = User.objects.create_user(f"{key}@{DOMAIN}", PASSWORD, full_name=full_name)
    held, _created = Post.objects.get_or_create(
        organisation=bodies[body], name=post, defaults={"is_head": is_head}
    )
    Membership.objects.create(user=user, organisation=bodies[body], post=held, role=role)
    return user
