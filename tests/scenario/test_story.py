"""The ways a claim goes, over HTTPS with real sign-ins, from the clinic's worst day to money owed. Amounts are policy.md's worked
example; the highest sum of one incident (¥500,000) is P13's."""
import re
import unittest

import house as h
from base import Case


class Story(Case):
    def test_from_draft_to_half_a_million(self):
        """P8 P9 P10 P13: a draft, submitted with the leak unknown; asked, answered with evidence; proved; four eyes; 500,000."""
        clinic, facility = self.house["clinic-1"], self.house.place()
        facts = h.worked()
        draft = clinic("beginDraft", expect=201, json_body={"facility": facility, "document": {
            "facts": {k: v for k, v in facts.items() if k != "leak"}, "unknown": ["/leak/occurred"], "payee": h.PAYEE}})
        told = clinic("assessDraft", claim=draft["claim"])
        self.assertEqual(told["decision"]["total_yen"], 400000)
        receipt = clinic("submitDraft", expect=201, claim=draft["claim"], version=draft.headers["etag"],
                         json_body={"declaration": self.house.accepted()})
        self.assertRegex(receipt["number"], r"^C-\d{4}-\d{6}$")
        self.assertRegex(receipt.headers["shienkin-event"], r"^evt_")
        claim = h.Claim(self.house, receipt.json, "clinic-1")
        told = clinic("assessClaim", claim=claim.id)
        self.assertEqual(told["decision"]["outcome"], "partly_payable")
        self.assertTrue(told["arrivals"])
        self.assertNotIn("trace", told.json)
        claim.taken()
        asked = claim.by("adjuster-1", "askInformation", version=claim.etag(), json_body={
            "keys": ["/leak/occurred", "/leak/caused_by_attack"], "due_on": "2027-01-29", "text": "漏えいの有無をお知らせください。"})
        refused = claim.by("adjuster-1", "propose", expect=409, version=claim.etag())
        self.assertEqual(refused.code, "claim_state")
        evidence = claim.evidence()
        claim.amended(facts)
        clinic("replyToRequest", expect=(200, 201), claim=claim.id, request=asked["request"], json_body={"text": "調査報告を添付しました。"})
        self.assertEqual(claim.state(), "in_review")
        told = clinic("readClaim", claim=claim.id)
        self.assertEqual((told["asked"], [(one["text"], one["reply"], one["ended"]) for one in told["answered"]]),
                         ([], [("漏えいの有無をお知らせください。", "調査報告を添付しました。", "answer")]))
        refused = claim.by("adjuster-1", "propose", expect=422, version=claim.etag())
        for fact in ("/incident/insider_crime", "/closures", "/leak/occurred"):
            self.assertIn((fact, "facts_open"), refused.errors)
        self.assertNotIn(("/member/class", "facts_open"), refused.errors)
        claim.by("adjuster-1", "checkFacts", version="*", json_body={"checks": [
            {"key": "/leak/occurred", "verdict": "proved", "evidence": [evidence]}]})
        claim.proved()
        self.assertEqual(claim.proposed()["total_yen"], 500000)
        # Four eyes: who proposed has not the role; then another.
        self.house["adjuster-1"].still_fresh()
        claim.by("adjuster-1", "approve", expect=403, version="*", proposal=claim.proposal)
        approved = claim.approving()
        self.assertEqual([line["amount_yen"] for line in approved["lines"]], [100000, 300000, 100000])
        self.assertEqual(claim.owed(), 500000)
        claim.approving("approver-2", expect=(409, 412))
        seen = clinic("readClaim", claim=claim.id)
        self.assertEqual(seen["state"], "decided")
        self.assertEqual(seen["decision"]["body"]["total_yen"], 500000)

    def test_one_person_in_both_roles_is_one_person(self):
        """P26: both-1 holds both roles and still may not approve what both-1 proposed."""
        claim = self.house.filed(h.worked(2))
        claim.taken("both-1").proved("both-1").proposed("both-1")
        self.assertIn("approval_by_other_person", str(claim.approving("both-1", expect=409).json))
        claim.approving("approver-1")
        self.assertEqual(claim.owed(), 500000)

    def test_ones_claims_by_state_place_and_number(self):
        """The list of one's claims, narrowed: by states, by facility, by a part of the number; narrowed so, page by page."""
        clinic, stands, gone = self.house["clinic-1"], self.house.filed(h.worked()), self.house.filed(h.worked())
        gone.by("clinic-1", "withdrawClaim", json_body={}, version=gone.by("clinic-1", "readClaim").headers["etag"])
        place = stands.by("clinic-1", "readClaim")["facility"]

        def listed(**query):
            return [c["claim"] for c in clinic("listClaims", query=query)["claims"]]

        self.assertIn(gone.id, listed(state="withdrawn"))
        self.assertNotIn(stands.id, listed(state="withdrawn"))
        self.assertEqual(listed(facility=place), [stands.id])
        self.assertEqual(listed(facility=place, state=["decided", "withdrawn"]), [])
        self.assertEqual(listed(state=["submitted", "withdrawn"])[:2], [gone.id, stands.id])
        number = stands.receipt["number"]
        self.assertEqual(listed(number=number), [stands.id])
        self.assertEqual(listed(number=number.lower()), [stands.id])
        self.assertIn(stands.id, listed(number=number[2:]))
        self.assertEqual(listed(number="%"), [])
        first = clinic("listClaims", query={"state": ["submitted", "withdrawn"], "limit": 1})
        self.assertEqual([c["claim"] for c in first["claims"]], [gone.id])
        second = clinic.wire.raw("GET", re.search(r"<([^>]+)>", first.headers["link"])[1])
        self.assertEqual([c["claim"] for c in second["claims"]], [stands.id])
        for query in ("state=erased", "state=", "facility=clm_" + "0" * 26, "number=" + "1" * 41, "number=1&number=2", "member=x"):
            self.assertEqual(clinic.wire.raw("GET", "/v1/claims?" + query).status, 400, query)

    def test_insider(self):
        """P7: an insider's crime bars every item."""
        claim = self.house.filed({"incident": {"occurred_on": "2026-01-19", "cyber_attack": True, "insider_crime": True},
                                  "leak": {"occurred": False}, "filings": {"jma_on": "2026-01-20"}})
        decided = claim.decided()
        self.assertEqual((decided["outcome"], decided["lines"]), ("not_payable", []))
        self.assertEqual(claim.owed(), 0)

    def test_awaiting_filing_later_paid(self):
        """P19: a missing filing is no refusal; when it arrives, everything is paid."""
        claim = self.house.filed(h.worked(6, told=False))
        self.assertEqual(claim.decided()["outcome"], "awaiting_filing")
        self.assertEqual(claim.owed(), 0)
        claim.amended(h.worked(6)).proved().proposed()
        claim.approving()
        self.assertEqual(claim.owed(), 500000)

    def test_amendment_pays_the_difference_and_takes_back(self):
        """P20: a rise pays the difference; a fall cancels what is still payable."""
        claim = self.house.filed(h.worked(8, leak=False))
        claim.decided()
        self.assertEqual(claim.owed(), 400000)
        claim.amended(h.worked(8)).proved().proposed()
        lines = claim.approving()["lines"]
        self.assertEqual([(line["item"], line["amount_yen"]) for line in lines], [("leak_by_attack", 100000)])
        self.assertEqual(claim.owed(), 500000)
        claim.amended(h.worked(8, leak=False)).proved().proposed()
        lowered = claim.approving()
        self.assertEqual((len(lowered["cancelled_lines"]), lowered["recoveries"]), (1, []))
        self.assertEqual(claim.owed(), 400000)

    def test_a_settled_line_becomes_a_recovery(self):
        """P20: what has left the house is recovered, not cancelled. There are no transfers yet: the schema's owner lets the
        database believe that the claim's lines have settled."""
        claim = self.house.filed(h.worked(12))
        claim.decided()
        self.service.sql(
            "CREATE OR REPLACE FUNCTION shienkin.line_state(which uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path"
            " = shienkin, pg_temp AS $$ SELECT CASE WHEN EXISTS (SELECT FROM entitlement_cancellation x WHERE x.line_id = l.id) THEN"
            " 'cancelled' WHEN l.claim_id = (SELECT id FROM claim WHERE number = '%s') THEN 'settled' ELSE 'payable' END"
            " FROM entitlement_line l WHERE l.id = which $$" % claim.receipt["number"])
        claim.amended(h.worked(12, leak=False)).proved().proposed()
        lowered = claim.approving()
        self.assertEqual((lowered["cancelled_lines"], [r["amount_yen"] for r in lowered["recoveries"]]), ([], [100000]))

    def test_withdrawal_ends_a_waiting_proposal(self):
        """P18"""
        claim = self.house.filed(h.worked(16))
        claim.taken().proved().proposed()
        clinic = claim.clinic
        clinic("withdrawClaim", claim=claim.id, version=clinic("readClaim", claim=claim.id).headers["etag"],
               json_body={"reason": "誤って申請しました。"})
        claim.approving(expect=(409, 412))
        self.assertEqual((claim.state(), claim.owed()), ("withdrawn", 0))

    def test_returned_and_taken_back(self):
        claim = self.house.filed(h.worked(18))
        claim.taken().proved().proposed()
        claim.by("approver-1", "returnProposal", expect=422, version=claim.etag(), proposal=claim.proposal, json_body={"reason": ""})
        claim.by("approver-1", "returnProposal", version=claim.etag(), proposal=claim.proposal,
                 json_body={"reason": "休診日の証拠を添えてください。"})
        claim.proposed()
        claim.by("adjuster-2", "takeBackProposal", expect=409, version=claim.etag(), proposal=claim.proposal)
        claim.by("adjuster-1", "takeBackProposal", version=claim.etag(), proposal=claim.proposal)
        claim.proposed("adjuster-2")
        claim.approving()
        self.assertEqual(claim.owed(), 500000)

    def test_reconsideration_by_others(self):
        """P27: neither who proposed nor who approved before looks again."""
        claim = self.house.filed(h.worked(20, leak=False))
        claim.decided()
        clinic = claim.clinic
        clinic("askReconsideration", expect=201, claim=claim.id, version=clinic("readClaim", claim=claim.id).headers["etag"],
               json_body={"grounds": "患者情報の漏えいが後日判明しました。"})
        self.assertEqual(claim.by("adjuster-1", "propose", expect=409, version=claim.etag()).code, "reconsideration_by_others")
        evidence = claim.evidence()
        claim.by("adjuster-2", "checkFacts", version="*", json_body={"checks": [
            {"key": f"/leak/{fact}", "verdict": "corrected", "value": True, "reason": "調査報告書のとおり。", "evidence": [evidence]}
            for fact in ("occurred", "caused_by_attack")]})
        claim.proposed("adjuster-2")
        claim.approving("approver-1", expect=409)
        claim.approving("approver-2")
        self.assertEqual(claim.owed(), 500000)

    def test_the_same_incident_twice(self):
        """P12 P17: one incident is paid once: two claims are judged the same by two persons, and one ends."""
        facility = self.house.place()
        first = self.house.filed(h.worked(24, leak=False), facility=facility)
        second = self.house.filed(h.worked(24), facility=facility)
        found = second.by("adjuster-1", "searchDuplicates")
        suspicion = found["suspicions"][0]
        second.taken().proved().proposed()
        self.assertIn("duplicate_open", str(second.approving(expect=409).json))
        says = {"verdict": "same", "reason": "同じ日の同じ攻撃である。"}
        second.by("approver-1", "resolveDuplicate", expect=409, suspicion=suspicion, json_body=says)
        second.by("adjuster-1", "resolveDuplicate", suspicion=suspicion, json_body=says)
        second.by("approver-1", "resolveDuplicate", suspicion=suspicion, json_body=says)
        self.assertEqual(second.state(), "withdrawn")
        first.by("adjuster-1", "takeOffer", version=first.etag(), json_body={"from": second.id})
        first.searched()
        first.decided()
        self.assertEqual((first.owed(), second.owed()), (500000, 0))


if __name__ == "__main__":
    unittest.main()
