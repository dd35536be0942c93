"""How the installation is: for the administrator, without a word about any case."""
