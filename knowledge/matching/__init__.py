"""Finding, among up to millions of short texts, the one that a noisy question means; or none."""
