"""The program to beat: messages as NDJSON in, how they feel as NDJSON out, as one would write it around vaderSentiment."""

import json
import sys

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def main() -> None:
    read = SentimentIntensityAnalyzer().polarity_scores
    for line in sys.stdin:
        given = json.loads(line)
        print(json.dumps({"id": given["id"], **read(given["text"])}))


if __name__ == "__main__":
    main()
