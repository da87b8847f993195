"""`python -m feedsette` is the command `feedsette`."""

from feedsette.cli import main

if __name__ == "__main__":
    main()
