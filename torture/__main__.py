"""`python -m torture NAME …`: run one campaign of the register; without a name, list them."""

import sys
from collections.abc import Sequence

from torture.register import CAMPAIGNS


def main(words: Sequence[str]) -> int:
    """Run the campaign the words name; 2 if there is none of that name."""
    name, *more = words or [""]
    for campaign in CAMPAIGNS:
        if campaign.name == name:
            return campaign.run(more)
    width = max(len(campaign.usage) for campaign in CAMPAIGNS)
    print("python3 dev.py torture CAMPAIGN\n")
    print("\n".join(f"  {campaign.usage:<{width}}  {campaign.sentence}" for campaign in CAMPAIGNS))
    return 0 if name in ("help", "-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
