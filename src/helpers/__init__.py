"""Japan's economic rankings in the United States beside what the grassroots task force did.

Four rooms, one direction: ``data`` (read, check, describe), ``analysis`` (frame in, frame out),
``display`` (show and say) and ``press`` (notebooks to briefs).
"""

__version__ = "0.1.0"
