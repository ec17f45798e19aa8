"""`python -m sroi` is the command `sroi`."""

from sroi.cli import main

main()
