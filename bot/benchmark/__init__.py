"""What the running bot is measured with; serves nobody."""
