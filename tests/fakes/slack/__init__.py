"""A Slack that lives on loopback: state, real error codes, and a script of faults."""
