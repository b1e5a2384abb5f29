"""Whether the check finds what goes wrong in the manual itself: one thing broken at a time.

A single role, form, cell, row, parameter, clause, number, heading or paragraph of the real manual
is deleted or replaced, as a slip of the hand would do it, and the check is asked. It must say so at
the line of the slip, or at the line of the other language that now says something else. What it
cannot see gets a reason; what has none is a gap.
"""
