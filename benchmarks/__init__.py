"""How fast Milepost is, as shares of floors measured in the same run (docs/performance.md)."""
