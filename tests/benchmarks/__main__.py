"""All benchmarks: ``python -m tests.benchmarks [CORPUS.jsonl ...]``, which ``make bench`` calls."""

from __future__ import annotations

import sys

from tests.benchmarks import bench_map, bench_reading

reading = bench_reading.main()
sys.argv = sys.argv[:1]
sys.exit(bench_map.main([]) or reading)
