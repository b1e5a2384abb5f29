"""A whole pull request on a real forge: Pagure, from Debian, in a chroot of its own.

Sets up Debian trixie with Pagure below a folder (the first time some minutes and 750 MB, from
Debian's mirror), runs it on the loopback interface, and plays: a project, accounts, a manual, a
pull request, approvals, a push behind them, the merge, the import, the release, the PDF in force.
Needs root and `debootstrap`. What it starts, it ends; the chroot stays for the next time.

Pagure has no reviews. Its votes (`:thumbsup:` on the whole pull request) name no commit, so for us
they approve nothing, though Pagure merges by them. A comment on a line of the change bears the
commit that was looked at: that one stands for an approval. This adapter is for this tool alone.
"""
