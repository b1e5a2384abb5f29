"""Feed hostile bytes to everything that reads what people write, and see that it always answers.

    python -m tools.fuzz [--seconds N] [TARGET…]     N seconds in all (default 120), all targets
    python -m tools.fuzz --processes 2               two targets at a time
    python -m tools.fuzz --blindly --seconds 60      a sample, as CI takes it
    python -m tools.fuzz --repeat FILE TARGET        one input again, as it was kept

A target may answer with findings or with a QmsError; anything else that comes out of it is a
failure, and so is an input under 100 kB that takes it longer than a second of processor time (and
than 100 microseconds a byte) on a machine of the usual pace; a slower one is given more. A failing
input is kept in `build/fuzz`, and the command that repeats it is printed.

The inputs come from atheris, which changes the golden cases byte by byte and keeps what reaches new
code. That takes minutes: recording the way of all golden cases through the code alone takes some
twenty seconds a target. With `--blindly`, and where there is no atheris (it is made for Linux on
x86-64), they are changed by chance.

Exit code: 0 nothing found, 1 a failure, 2 wrong arguments.
"""
