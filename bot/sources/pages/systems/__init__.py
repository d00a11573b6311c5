"""One room per system: how its pages mark comments, and how they are recognised."""
