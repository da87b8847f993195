"""Addresses as text: made whole, cleaned, freed from proxies, and what is wrong with them."""
