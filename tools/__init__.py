"""Programs around the product: set-up, tests, fonts, benchmarks. The product imports none."""
