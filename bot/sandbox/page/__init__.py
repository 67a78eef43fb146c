"""A read-only page of the boards, drawn on the server, without scripts."""
