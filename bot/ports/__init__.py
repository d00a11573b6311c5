"""What the services need from the world, as Protocols; the adapters and storage fulfil them."""
