"""How an organisation looks: its colour and its logo."""
