"""Readers: bytes of one source kind -> discussions. Pure, without network, one room a kind."""
