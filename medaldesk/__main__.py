"""`python -m medaldesk` does what the command `medaldesk` does."""

from medaldesk.launch import main

main()
