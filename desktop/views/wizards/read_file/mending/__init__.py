"""The steps up to a mended list: choosing the file, saying what its columns are, mending rows.

A wizard that has these steps has a draft with a field ``mend`` (``draft.MendDraft``); after the
last of them ``draft.mend.mended`` is the list that its next step takes.
"""
