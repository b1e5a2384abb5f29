"""Attacks on what is known of controlled copies, and honest work with them."""
