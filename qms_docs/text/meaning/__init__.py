"""What a sentence says that counts: numbers, times, roles, and words of duty and permission.

Its modules are imported one by one: whoever reads numbers needs nothing of what compares texts.
"""
