"""The jobs: each joins the pure rooms with the edges it needs."""
