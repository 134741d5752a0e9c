"""base: one service for all tests of a program. STORY_PROGRAM names the program; STORY_ANSWERS a file for all answers, which
answers.mjs then holds against the service's own document."""
import os
import unittest

import house
import running


class Case(unittest.TestCase):
    settings = ()       # words for `serve`

    @classmethod
    def setUpClass(cls):
        cls.service = running.Service(os.environ.get("STORY_PROGRAM", running.ROOT / "build/release/shienkin"), *cls.settings,
                                      record=os.environ.get("STORY_ANSWERS"))
        cls.addClassCleanup(cls.service.end)
        cls.house = house.House(cls.service)
