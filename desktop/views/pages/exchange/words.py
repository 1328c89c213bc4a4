"""The three lists of 收发 as data: columns, filters, and the details of one row."""

from desktop.procedures.exchange.exchange_desk import ExchangeDesk, Received, Refused, Sent
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Fact, Heading, Part, Standing, Words
from desktop.views.wizards.merge_desk.words import receipt_sentence

ALL = "all"
COUNTED, WITHDRAWN, HANDED_ON = "counted", "withdrawn", "handed_on"
UNANSWERED, TAKEN, REJECTED, NO_ANSWER = "unanswered", "taken", "rejected", "no_answer"
TAKEN_BACK = "taken_back"
RECEIVED_FILTERS = (
    (ALL, tr("全部")),
    (COUNTED, tr("已收入")),
    (HANDED_ON, tr("学籍科转交")),
    (WITHDRAWN, tr("已撤回")),
)
SENT_FILTERS = (
    (ALL, tr("全部")),
    (UNANSWERED, tr("等待回执")),
    (TAKEN, tr("对方已收下")),
    (REJECTED, tr("对方拒收")),
    (TAKEN_BACK, tr("对方已撤回")),
    (NO_ANSWER, tr("不需要回执")),
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
    if one.withdrawn is not None:
        return TAKEN_BACK
    if one.receipt:
        return REJECTED if one.receipt.refused else TAKEN
    return UNANSWERED if one.unanswered else NO_ANSWER


def answer(one: Sent) -> str:
    """Return in a few words what came back."""
    taken = sent_filter(one) == TAKEN
    if taken and one.receipt and one.receipt.waiting:
        return tr("已收下，{waiting} 处待裁定", waiting=one.receipt.waiting)
    return _SENT_WORDS[sent_filter(one)]


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


RECEIVED_COLUMNS: tuple[Column[Received], ...] = (
    Column(tr("收入时间"), lambda r: _minute(r.bundle.merged_at), width=9),
    Column(tr("来自"), lambda r: r.office_name, width=8),
    Column(
        tr("编号"),
        lambda r: tr("第{number}号", number=r.bundle.number),
        sort_key=lambda r: r.bundle.number,
        width=4,
    ),
    Column(
        tr("记载"),
        lambda r: f"{r.bundle.statements:,}",
        sort_key=lambda r: r.bundle.statements,
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("状态"), lambda r: _RECEIVED_WORDS[received_filter(r)], width=6),
    Column(tr("批次"), lambda r: r.round_name, width=12, may_be_cut=True),
)
SENT_COLUMNS: tuple[Column[Sent], ...] = (
    Column(tr("导出时间"), lambda s: _minute(s.bundle.created), width=9),
    Column(tr("送往"), lambda s: s.office_name, width=8),
    Column(
        tr("编号"),
        lambda s: tr("第{number}号", number=s.bundle.number),
        sort_key=lambda s: s.bundle.number,
        width=4,
    ),
    Column(
        tr("记载"),
        lambda s: f"{s.bundle.statements:,}",
        sort_key=lambda s: s.bundle.statements,
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("回执"), answer, width=9),
    Column(tr("批次"), lambda s: s.round_name, width=12, may_be_cut=True),
)
REFUSED_COLUMNS: tuple[Column[Refused], ...] = (
    Column(tr("拒收时间"), lambda r: _minute(r.bundle.refused_at), width=9),
    Column(tr("自称来自"), lambda r: r.office_name or tr("看不出来"), width=8),
    Column(tr("为什么"), lambda r: r.bundle.cause, width=20, may_be_cut=True),
    Column(tr("文件"), lambda r: r.bundle.file_name, width=14, may_be_cut=True),
)


def state_sentence(desk: ExchangeDesk) -> str:
    """Return in one sentence how things stand."""
    waiting = sum(one.unanswered for one in desk.sent)
    parts = [
        tr("收入 {count:,} 份", count=len(desk.received)),
        tr("导出 {count:,} 份", count=len(desk.sent)),
    ]
    if desk.refused:
        parts.append(tr("拒收 {count:,} 份", count=len(desk.refused)))
    rest = tr("有 {waiting:,} 份还没有回执", waiting=waiting) if waiting else tr("没有等待回执的")
    return f"{'，'.join(parts)}；{rest}。"


def received_parts(one: Received) -> list[Part]:
    """Return the details of a received bundle."""
    bundle, state = one.bundle, received_filter(one)
    parts: list[Part] = [
        Heading(
            tr("{office_name} 第{number}号", office_name=one.office_name, number=bundle.number)
        ),
        Standing(
            State.ATTENTION if one.withdrawn else State.DONE,
            tr("已撤回，其中的内容不计入") if one.withdrawn else _RECEIVED_WORDS[state],
        ),
    ]
    if one.handed_on:
        parts.append(Words(tr("这一份当初是送给别的部门的，由学籍科转交到这里。")))
    already = bundle.statements - bundle.new_statements
    return [
        *parts,
        Fact(tr("批次"), one.round_name),
        Fact(
            tr("记载"),
            tr(
                "{statements:,} 条：新的 {new_statements:,}，已有 {already:,}",
                statements=bundle.statements,
                new_statements=bundle.new_statements,
                already=already,
            ),
        ),
        Fact(
            tr("导出"),
            tr(
                "{from_seat}号席位，{minute}",
                from_seat=bundle.from_seat,
                minute=_minute(bundle.created),
            ),
        ),
        Fact(tr("收入"), f"{bundle.operator}，{_minute(bundle.merged_at)}"),
        Fact(tr("文件"), bundle.file_name),
    ]


def sent_parts(one: Sent) -> list[Part]:
    """Return the details of a sent bundle, with the answer that came back."""
    bundle, found = one.bundle, sent_filter(one)
    states = {
        TAKEN: State.DONE,
        REJECTED: State.ATTENTION,
        TAKEN_BACK: State.ATTENTION,
        UNANSWERED: State.IN_HAND,
    }
    parts: list[Part] = [
        Heading(
            tr("送往{office_name} 第{number}号", office_name=one.office_name, number=bundle.number)
        ),
        Standing(states.get(found, State.NOT_YET), _SENT_WORDS[found]),
    ]
    if one.withdrawn is not None:
        parts += [
            Fact(tr("为什么撤回"), one.withdrawn),
            Words(
                tr(
                    "对方收入以后又撤回了，其中的内容在对方那里不计入。"
                    "请核对原因，重新登记有误的，再导出一份；没有错的，用“全部重新导出”再送一次。"
                )
            ),
        ]
    elif one.receipt and one.receipt.refused:
        parts += [Fact(tr("为什么拒收"), one.receipt.refused), Fact(tr("怎么办"), one.receipt.todo)]
    elif one.receipt:
        parts.append(Fact(tr("回执"), receipt_sentence(one.receipt)))
    elif found == UNANSWERED:
        parts.append(
            Words(tr("对方还没有送来回执。过了几天还没有，请打电话问一问，需要时重新写一份。"))
        )
    else:
        parts.append(Words(tr("这一份只带回执或席位证书，没有记载，所以不需要回执。")))
    return [
        *parts,
        Fact(tr("批次"), one.round_name),
        Fact(tr("记载"), tr("{statements:,} 条", statements=bundle.statements)),
        Fact(tr("导出"), f"{bundle.operator}，{_minute(bundle.created)}"),
        Fact(tr("文件"), bundle.file_name),
    ]


def refused_parts(one: Refused) -> list[Part]:
    """Return why a file was refused, and what to do."""
    bundle = one.bundle
    known = (
        tr("{office_name}，第{number}号", office_name=one.office_name, number=bundle.number)
        if bundle.bundle_id
        else ""
    )
    claim = (
        tr("文件自称来自{office_name}，没有得到证实", office_name=one.office_name)
        if one.office_name
        else tr("看不出来")
    )
    return [
        Heading(bundle.file_name),
        Standing(State.ATTENTION, tr("整份没有收入")),
        Fact(tr("为什么"), bundle.cause),
        Fact(tr("怎么办"), bundle.todo),
        Fact(tr("来自"), known or claim),
        Fact(tr("拒收"), f"{bundle.operator}，{_minute(bundle.refused_at)}"),
        Fact(tr("代码"), bundle.code),
    ]
