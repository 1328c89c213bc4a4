"""Passphrases in words: what makes a good one, what is wrong with this one, what if it is lost."""

from desktop.domain.passphrases import LEAST, Weakness, is_strong, weakness
from desktop.views.language import tr

ADVICE = tr(
    "三四个互不相关的词连起来最好，用拼音也行，至少 {least} 个字符。不要用姓名、生日、电话。",
    least=LEAST,
)
KEEP = tr("可以写在纸上锁进柜子；再添加一位经办人，一个人忘了还有另一个人能登录。")
_WHY = {
    Weakness.BLANK: tr("请设一个口令。"),
    Weakness.DIGITS: tr("只有数字的口令，例如生日和电话，很容易猜到，请换成几个词。"),
    Weakness.SHORT: tr("口令太短，请再加一个词，至少 {least} 个字符。", least=LEAST),
    Weakness.MONOTONE: tr("重复的、连着的字符太多，很容易猜到，请换成几个词。"),
    Weakness.TRIED_FIRST: tr("这样的口令谁都会先试，请换成几个互不相关的词。"),
    Weakness.NAME: tr("口令里除了姓名没有多少别的，很容易猜到，请换成几个词。"),
}


def passphrase_problems(passphrase: str, again: str, name: str) -> dict[str, str]:
    """Return what is wrong with a passphrase that was chosen and typed twice, per field."""
    if why := weakness(passphrase, (name,)):
        return {"passphrase": _WHY[why]}
    return {} if passphrase == again else {"again": tr("两次输入的口令不一样，请再输入一次。")}


def strength(passphrase: str, name: str) -> str:
    """Say while it is typed how good a passphrase is; nothing before the first character."""
    if not passphrase:
        return ""
    if why := weakness(passphrase, (name,)):
        return tr("强度：不够。{why}", why=_WHY[why])
    if is_strong(passphrase):
        return tr("强度：很好。")
    return tr("强度：可以。再加一个词更稳妥。")
