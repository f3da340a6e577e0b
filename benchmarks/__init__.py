"""What Jarshy can do, measured: each benchmark is one command and says what it was measured against."""
