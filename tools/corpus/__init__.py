"""The render corpus: public documents printed by the product, looked at by means of others."""
