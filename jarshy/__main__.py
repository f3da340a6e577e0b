"""The front door: `jarshy COMMAND`."""

from jarshy.cli import main

if __name__ == "__main__":
    main()
