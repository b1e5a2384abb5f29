"""Kill commands that write, at every call that changes the disk and at other times.

After each kill the work tree of Git is as it was, or exactly one whole step ahead, or the next run
of the same command finishes the step and says so. Git's own lock files are neither made nor
removed. A publication is killed in the same way, and so are its workers: readers always find one
whole publication.
"""
