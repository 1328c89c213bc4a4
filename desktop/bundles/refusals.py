"""Why a bundle is refused, in sentences for the clerk who put the stick in."""

from dataclasses import dataclass

from desktop.errors import (
    BundleContent,
    BundleDamaged,
    BundleError,
    BundleForAnotherOffice,
    BundleMembers,
    BundleNewer,
    BundleOtherSchool,
    BundleOwn,
    BundleTooLarge,
    BundleTruncated,
    BundleUnreadable,
    NotABundle,
    SignatureInvalid,
    SignerExpired,
    SignerRevoked,
    SignerUnknown,
    TrainingBundle,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of refusal: its error, what happened, what to do."""

    kind: type[BundleError]
    what: str
    todo: str


def refusal(reason: Reason, **words: object) -> BundleError:
    """Return the error for ``reason``, with ``words`` put into its sentences."""
    return reason.kind(reason.what.format(**words), reason.todo.format(**words))


_AGAIN = "请让对方重新导出一次，换一个U盘拷贝后再读取。"
_SUSPECT = "请不要使用这份文件，让对方重新导出一次；再次出现时，请报告学籍科。"

UNREADABLE = Reason(
    BundleUnreadable,
    "文件“{name}”读不出来，可能已被移走、没有权限，或者U盘出了故障。",
    "请重新插好U盘，或换一个USB口，再试一次。",
)
NOT_A_BUNDLE = Reason(NotABundle, "“{name}”不是报送包。", "请选择扩展名为“.jice”的报送包文件。")
NEWER = Reason(
    BundleNewer,
    "这份报送包是用更新版本的程序导出的，本机的程序还读不了。",
    "请先把本机的程序升级到同一版本，再读取一次。",
)
TRUNCATED = Reason(
    BundleTruncated,
    "报送包不完整，文件后面缺了一段，多半是拷贝没有完成就拔出了U盘。",
    "请重新拷贝一次，等系统提示可以拔出后再拔；仍然不行时，请让对方重新导出。",
)
LONGER = Reason(BundleDamaged, "报送包末尾多出了不属于它的内容。", _AGAIN)
DAMAGED = Reason(BundleDamaged, "报送包已经损坏，内容与导出时不一致。", _AGAIN)
CLAIMS = Reason(BundleDamaged, "报送包的封面与里面的内容不一致。", _SUSPECT)
FILE_TOO_LARGE = Reason(
    BundleTooLarge,
    "文件太大，超过了报送包允许的大小。",
    "请确认选对了文件；确实是报送包时，请让对方分几次导出。",
)
CONTENT_TOO_LARGE = Reason(
    BundleTooLarge,
    "报送包展开后超过了允许的大小，没有打开。",
    "请让对方减少附件，分几次导出；对方没有放大附件时，请报告学籍科。",
)
TOO_LARGE_TO_SEND = Reason(
    BundleTooLarge,
    "要导出的内容太多，超过了一份报送包允许的大小，没有导出。",
    "请减少附件，或分几次导出。",
)
OTHER_SCHOOL = Reason(
    BundleOtherSchool,
    "这份报送包来自另一所学校（学校代码{school}）。",
    "请核对文件是否拿错，并选择本校的报送包。",
)
FOR_ANOTHER_OFFICE = Reason(
    BundleForAnotherOffice,
    "这份报送包是发给另一个部门的，本部门打不开。",
    "请把它交给对应的部门，或让对方按正确的接收部门重新导出。",
)
FOR_OTHER_SEAT = Reason(
    BundleForAnotherOffice,
    "这份报送包是发给本部门的，但导出时对方还不知道本机。",
    "请先把本机最新的报送包或加入批复交给对方，再让对方重新导出；也可以在本部门另一台电脑上读取。",
)
OWN = Reason(
    BundleOwn, "这份报送包就是本机导出的。", "请把它交给接收部门，并选择对方交来的报送包。"
)
TRAINING_HERE_REAL = Reason(
    TrainingBundle,
    "这是练习用的报送包，不能读入正式数据。",
    "请在练习数据中读取它，或让对方从正式数据中导出。",
)
REAL_HERE_TRAINING = Reason(
    TrainingBundle,
    "这是正式的报送包，不能读入练习数据。",
    "请打开正式数据后再读取。",
)
MEMBERS = Reason(BundleMembers, "报送包里的文件被增加、删除、改名或重复，与清单不符。", _SUSPECT)
FORGED = Reason(
    SignerUnknown,
    "报送包里的席位证书不是本校签发的，不能确认是谁导出的。",
    "请让对方先完成加入手续，再重新导出；对方已经加入时，请报告学籍科。",
)
OTHER_SIGNER = Reason(
    SignerUnknown,
    "报送包里的席位证书与它写明的部门和席位不一致，不能确认是谁导出的。",
    _SUSPECT,
)
REVOKED = Reason(
    SignerRevoked,
    "导出这份报送包的席位（{office}，{seat}）已被学籍科吊销，这一份不再有效。",
    "请与该部门和学籍科核实；需要时由该部门重新加入后再导出。",
)
EXPIRED = Reason(
    SignerExpired,
    "导出这份报送包时（{day}），席位（{office}，{seat}）的证书不在有效期内（{start}至{end}）。",
    "请核对对方电脑的日期；证书确实到期的，请学籍科换发后由对方重新导出。",
)
FROM_THE_FUTURE = Reason(
    SignerExpired,
    "这份报送包的导出日期（{day}）晚于今天（{today}），不能确认证书当时是否有效。",
    "请核对对方和本机电脑的日期，改正后由对方重新导出，或再读取一次。",
)
SIGNATURE_WRONG = Reason(
    SignatureInvalid, "报送包的电子签名与内容不符，内容可能被人改动过。", _SUSPECT
)
ENCLOSED_TRUST = Reason(
    SignatureInvalid, "报送包附带的席位证书中有不是本校签发的，内容可能被人改动过。", _SUSPECT
)
FORWARDED_WRONG = Reason(
    BundleContent,
    "报送包里转交的一份以前的报送包与它原来的清单不一致，整份没有收入。",
    "请让学籍科检查数据后重新导出一次。",
)
COUNTS = Reason(
    BundleContent, "报送包写明的条数与实际内容不一致。", "请让对方升级程序后重新导出一次。"
)
LINES = Reason(BundleContent, "报送包里的记载格式不完整。", "请让对方升级程序后重新导出一次。")
