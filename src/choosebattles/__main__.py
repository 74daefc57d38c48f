"""``python -m choosebattles`` is the command ``choosebattles``."""

from choosebattles.cli import main

if __name__ == "__main__":
    main()
