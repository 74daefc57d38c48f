"""The parts of a plan that several answers show: money, services, people, what is left out."""
