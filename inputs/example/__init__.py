"""Example cases, made from the tables in ``sources/``; one folder of tables for each country."""
