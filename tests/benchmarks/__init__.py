"""Cases of stated size and hardness, and what is measured on them."""
