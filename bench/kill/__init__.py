"""The program killed, frozen and stopped while it delivers: what is lost, and what comes twice."""
