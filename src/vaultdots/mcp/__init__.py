"""The server for agents, over the Model Context Protocol; needs the extra `vaultdots[mcp]`."""
