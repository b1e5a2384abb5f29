"""Diagrams as text: what authors write is read here, what a renderer draws is cleaned here."""
