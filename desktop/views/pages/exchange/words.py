"""The three lists of 收发 as data: columns, filters, and the details of one row."""

from desktop.procedures.exchange_desk import ExchangeDesk, Received, Refused, Sent
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Fact, Heading, Part, Standing, Words
from desktop.views.wizards.merge_desk.words import receipt_sentence

ALL = "all"
COUNTED, WITHDRAWN, HANDED_ON = "counted", "withdrawn", "handed_on"
UNANSWERED, TAKEN, REJECTED, NO_ANSWER = "unanswered", "taken", "rejected", "no_answer"
RECEIVED_FILTERS = (
    (ALL, "全部"),
    (COUNTED, "已收入"),
    (HANDED_ON, "学籍科转交"),
    (WITHDRAWN, "已撤回"),
)
SENT_FILTERS = (
    (ALL, "全部"),
    (UNANSWERED, "等待回执"),
    (TAKEN, "对方已收下"),
    (REJECTED, "对方拒收"),
    (NO_ANSWER, "不需要回执"),
)
_RECEIVED_WORDS = dict(RECEIVED_FILTERS)
_SENT_WORDS = dict(SENT_FILTERS)


def received_filter(one: Received) -> str:
    """Return under which filter a received bundle stands."""
    if one.withdrawn:
        return WITHDRAWN
    return HANDED_ON if one.handed_on else COUNTED


def sent_filter(one: Sent) -> str:
    """Return under which filter a sent bundle stands."""
    if one.receipt:
        return REJECTED if one.receipt.refused else TAKEN
    return UNANSWERED if one.unanswered else NO_ANSWER


def answer(one: Sent) -> str:
    """Return in a few words what came back."""
    if one.receipt and not one.receipt.refused and one.receipt.waiting:
        return f"已收下，{one.receipt.waiting} 处待裁定"
    return _SENT_WORDS[sent_filter(one)]


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


RECEIVED_COLUMNS: tuple[Column[Received], ...] = (
    Column("收入时间", lambda r: _minute(r.bundle.merged_at), width=9),
    Column("来自", lambda r: r.office_name, width=8),
    Column("编号", lambda r: f"第{r.bundle.number}号", sort_key=lambda r: r.bundle.number, width=4),
    Column(
        "记载",
        lambda r: f"{r.bundle.statements:,}",
        sort_key=lambda r: r.bundle.statements,
        align=Align.RIGHT,
        width=4,
    ),
    Column("状态", lambda r: _RECEIVED_WORDS[received_filter(r)], width=6),
    Column("批次", lambda r: r.round_name, width=12, may_be_cut=True),
)
SENT_COLUMNS: tuple[Column[Sent], ...] = (
    Column("导出时间", lambda s: _minute(s.bundle.created), width=9),
    Column("送往", lambda s: s.office_name, width=8),
    Column("编号", lambda s: f"第{s.bundle.number}号", sort_key=lambda s: s.bundle.number, width=4),
    Column(
        "记载",
        lambda s: f"{s.bundle.statements:,}",
        sort_key=lambda s: s.bundle.statements,
        align=Align.RIGHT,
        width=4,
    ),
    Column("回执", answer, width=9),
    Column("批次", lambda s: s.round_name, width=12, may_be_cut=True),
)
REFUSED_COLUMNS: tuple[Column[Refused], ...] = (
    Column("拒收时间", lambda r: _minute(r.bundle.refused_at), width=9),
    Column("自称来自", lambda r: r.office_name or "看不出来", width=8),
    Column("为什么", lambda r: r.bundle.cause, width=20, may_be_cut=True),
    Column("文件", lambda r: r.bundle.file_name, width=14, may_be_cut=True),
)


def state_sentence(desk: ExchangeDesk) -> str:
    """Return in one sentence how things stand."""
    waiting = sum(one.unanswered for one in desk.sent)
    parts = [f"收入 {len(desk.received):,} 份", f"导出 {len(desk.sent):,} 份"]
    if desk.refused:
        parts.append(f"拒收 {len(desk.refused):,} 份")
    rest = f"有 {waiting:,} 份还没有回执" if waiting else "没有等待回执的"
    return f"{'，'.join(parts)}；{rest}。"


def received_parts(one: Received) -> list[Part]:
    """Return the details of a received bundle."""
    bundle, state = one.bundle, received_filter(one)
    parts: list[Part] = [
        Heading(f"{one.office_name} 第{bundle.number}号"),
        Standing(
            State.ATTENTION if one.withdrawn else State.DONE,
            "已撤回，其中的内容不计入" if one.withdrawn else _RECEIVED_WORDS[state],
        ),
    ]
    if one.handed_on:
        parts.append(Words("这一份当初是送给别的部门的，由学籍科转交到这里。"))
    already = bundle.statements - bundle.new_statements
    return [
        *parts,
        Fact("批次", one.round_name),
        Fact("记载", f"{bundle.statements:,} 条：新的 {bundle.new_statements:,}，已有 {already:,}"),
        Fact("导出", f"{bundle.from_seat}号席位，{_minute(bundle.created)}"),
        Fact("收入", f"{bundle.operator}，{_minute(bundle.merged_at)}"),
        Fact("文件", bundle.file_name),
    ]


def sent_parts(one: Sent) -> list[Part]:
    """Return the details of a sent bundle, with the answer that came back."""
    bundle, found = one.bundle, sent_filter(one)
    states = {TAKEN: State.DONE, REJECTED: State.ATTENTION, UNANSWERED: State.IN_HAND}
    parts: list[Part] = [
        Heading(f"送往{one.office_name} 第{bundle.number}号"),
        Standing(states.get(found, State.NOT_YET), _SENT_WORDS[found]),
    ]
    if one.receipt and one.receipt.refused:
        parts += [Fact("为什么拒收", one.receipt.refused), Fact("怎么办", one.receipt.todo)]
    elif one.receipt:
        parts.append(Fact("回执", receipt_sentence(one.receipt)))
    elif found == UNANSWERED:
        parts.append(
            Words("对方还没有送来回执。过了几天还没有，请打电话问一问，需要时重新写一份。")
        )
    else:
        parts.append(Words("这一份只带回执或席位证书，没有记载，所以不需要回执。"))
    return [
        *parts,
        Fact("批次", one.round_name),
        Fact("记载", f"{bundle.statements:,} 条"),
        Fact("导出", f"{bundle.operator}，{_minute(bundle.created)}"),
        Fact("文件", bundle.file_name),
    ]


def refused_parts(one: Refused) -> list[Part]:
    """Return why a file was refused, and what to do."""
    bundle = one.bundle
    known = f"{one.office_name}，第{bundle.number}号" if bundle.bundle_id else ""
    claim = f"文件自称来自{one.office_name}，没有得到证实" if one.office_name else "看不出来"
    return [
        Heading(bundle.file_name),
        Standing(State.ATTENTION, "整份没有收入"),
        Fact("为什么", bundle.cause),
        Fact("怎么办", bundle.todo),
        Fact("来自", known or claim),
        Fact("拒收", f"{bundle.operator}，{_minute(bundle.refused_at)}"),
        Fact("代码", bundle.code),
    ]
