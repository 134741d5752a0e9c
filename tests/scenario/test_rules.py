"""A rule set corrected while claims wait: in a house of its own, since it changes what everything after it is worth."""
import unittest

import house as h
from base import Case


class Rules(Case):
    def test_rules_corrected(self):
        """P21: a corrected rule set decides what comes after it; what was decided keeps its own."""
        old, waiting = self.house.filed(h.worked(32, leak=False)), self.house.filed(h.worked(34, leak=False))
        old.decided()
        waiting.taken().proved().proposed()
        text = h.RULES.read_text(encoding="utf-8")
        for before, after in (('publishedOn="2026-11-22"', 'publishedOn="2026-11-23"'), (">100000<", ">120000<")):
            self.assertIn(before, text)
            text = text.replace(before, after)
        first, second = self.house["owner-1"], self.house["owner-2"]
        first.still_fresh()
        second.still_fresh()
        put = first("publishRules", expect=201, body=text.encode(), headers={"Content-Type": "application/dmn+xml"})
        second("confirmRules", expect=(200, 201), rule_set=put["rule_set"])
        differ = first("readRulesDifferences", rule_set=put["rule_set"])["differ"]
        self.assertIn(old.id, [d["claim"] for d in differ])
        refused = waiting.approving(expect=412)
        self.assertIn(("/total_yen", "decision_difference"), refused.errors)
        waiting.by("adjuster-1", "takeBackProposal", version=waiting.etag(), proposal=waiting.proposal)
        waiting.proposed()
        waiting.approving()
        self.assertEqual((old.owed(), waiting.owed()), (400000, 420000))


if __name__ == "__main__":
    unittest.main()
