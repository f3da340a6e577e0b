"""The cost of rules: invented rules and articles, read and judged; `python -m benchmarks.match`."""
