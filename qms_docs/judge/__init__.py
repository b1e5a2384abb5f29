"""What follows from the facts: status, register, numbering. No input or output, no clock."""
