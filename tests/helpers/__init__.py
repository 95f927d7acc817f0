"""What tests of several folders need and no fixture gives; no test imports another."""
