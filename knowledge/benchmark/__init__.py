"""Data made by seeded generators, and other engines, to measure ours beside; nothing here answers anybody."""
