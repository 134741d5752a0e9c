"""Every endpoint, by everybody whom it is not for, with the objects of others: refused with the right words, and nothing has
changed. The endpoints come from /openapi.json; who may comes from people.py, which was written by hand."""
import datetime
import unittest

import house as h
import people
from base import Case
from wire import NAMELESS

# One sum over all rows of all tables but where sessions were last seen: nothing is written unnoticed.
EVERY_ROW = """SELECT string_agg(c.oid::regclass || ' ' || (xpath('/row/s/text()', query_to_xml(
    'SELECT count(*) || ''/'' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS s FROM ' || c.oid::regclass || ' t', false, true, '')))[1],
    E'\\n' ORDER BY c.oid::regclass::text) FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'shienkin'::regnamespace
    AND c.relname <> 'session'"""

BYTES = {"Content-Type": "application/octet-stream"}
TEXT = {"text": "これは他人の申請です。"}


class Attackers(Case):
    settings = ("--jobs.enabled=false",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objects_of_clinic_1()
        cls.attackers()

    @classmethod
    def objects_of_clinic_1(cls):
        """A claim that waits for approval, one that waits for an answer, one decided; a draft, a file, half a file."""
        house, clinic = cls.house, cls.house["clinic-1"]
        proposed, asked, decided = (house.filed(h.worked(6 * n), payee=None if n else h.PAYEE) for n in range(3))
        decision = decided.decided()["decision"]
        file = proposed.evidence()
        half = clinic("beginEvidence", expect=201, claim=proposed.id, json_body={"name": "半分.txt", "length": 300000})["evidence"]
        proposed.taken().proved().proposed()
        asked.taken()
        request = asked.by("adjuster-1", "askInformation", version=asked.etag(), json_body={
            "keys": ["/leak/occurred"], "due_on": "2027-01-29", "text": "漏えいの有無をお知らせください。"})["request"]
        hold = asked.by("adjuster-1", "setHold", json_body={"kind": "other", "reason": "確認中"})
        suspicion = asked.by("adjuster-1", "suspectDuplicate", json_body={"other": proposed.id})
        draft = clinic("beginDraft", expect=201, json_body={"facility": house.place(), "document": {"facts": h.worked()}})["claim"]
        owner = house["owner-1"]
        token = clinic("createToken", expect=201, json_body={"name": "会計", "read_only": True, "expires_on": in_a_month()})["token_id"]
        named = owner("listRoles")["held"]
        cls.draft, cls.claim, cls.asked = draft, proposed, asked
        cls.objects = {
            "claim": proposed.id, "request": request, "evidence": file, "half": half, "proposal": proposed.proposal,
            "hold": hold["hold"], "suspicion": suspicion["suspicion"], "token": token, "session": clinic("readAccount")["sessions"][0]["session"],
            "grant": named[0]["grant"], "account": clinic.account, "facility": house.free["clinic-1"][0],
            "rule_set": owner("listRules")["rule_sets"][0]["rule_set"], "calendar": "cal_" + NAMELESS,
            "decision": decision,
        }

    @classmethod
    def attackers(cls):
        """Everybody who is not clinic-1: name → (roles, wire, machine, read_only)."""
        cls.who = {"nobody": (set(), cls.house.wire.clone(), False, False)}
        for login, roles in {**h.STAFF, "owner-1": "owner", "clinic-2": "clinic"}.items():
            cls.who[login] = (set(roles.split()), cls.house[login].wire, False, False)
        for login, read_only in (("clinic-2", False), ("clinic-2", True), ("auditor-1", True)):
            made = cls.house[login]("createToken", expect=(201, 422), json_body={
                "name": "機械", "read_only": read_only, "expires_on": in_a_month()})
            if made.status == 201:
                wire = cls.house.wire.clone()
                wire.bearer = made["token"]
                cls.who[f"{login}'s {'reader' if read_only else 'program'}"] = (cls.who[login][0], wire, True, read_only)

    def path_of(self, declared):
        """What stands in the address: clinic-1's own; of what clinic-1 has none, a name that fits."""
        return {p["name"]: self.objects.get(p["name"], p["schema"].get("pattern", "")[1:5] + NAMELESS)
                for p in declared.get("parameters", []) if p.get("in") == "path"}

    def call(self, wire, operation, body=None, **more):
        """The operation on clinic-1's objects; a body goes only where one is taken."""
        declared = wire.operations[operation][2]
        fill = {**self.path_of(declared), **more.pop("path", {})}
        return wire.call(operation, json_body=body if "requestBody" in declared else None, **fill, **more)

    def assert_problem(self, answer, status, code, of):
        self.assertEqual((answer.status, answer.code), (status, code), of)
        self.assertEqual(answer.headers["content-type"], "application/problem+json", of)
        self.assertTrue(answer["title_ja"] and answer["title_en"] and answer["detail_ja"] and answer["detail_en"], of)


def in_a_month():
    return str(datetime.date.today() + datetime.timedelta(days=30))


class Declared(Attackers):
    def test_what_is_declared_is_what_was_meant(self):
        """All operations, their roles, realms, second factors: the document beside the hand-written table."""
        declared = {name: operation for name, (_, _, operation) in self.house.wire.operations.items()}
        self.assertEqual(set(declared), set(people.ROLES_OF), "a new endpoint enters people.py by hand")
        for name, operation in declared.items():
            with self.subTest(name):
                roles, realms = set(operation["x-shienkin-roles"]), set(operation["x-shienkin-realms"])
                meant = people.ROLES_OF[name]
                if meant == people.EVERYBODY:
                    self.assertEqual((roles, realms), (set(), {"public"}))
                elif meant == people.SIGNED_IN:
                    self.assertEqual((roles, realms), (set(), {"clinic", "staff", "auditor"}))
                else:
                    self.assertEqual(roles, set(meant.split()))
                    self.assertEqual(realms, {people.realm_of(role) for role in roles})
                self.assertEqual(operation["x-shienkin-step-up"], name in people.STEP_UP)
                self.assertEqual(operation["x-shienkin-persons-only"], name in people.PERSONS_ONLY)

    def expected(self, operation, roles, machine, read_only):
        """(status, code) of a refusal at the door; None where the door is open to that role."""
        method, _, declared = self.house.wire.operations[operation]
        meant = people.ROLES_OF[operation]
        if meant == people.EVERYBODY:
            return None
        if not roles:
            return 401, "sign_in_required"
        if meant != people.SIGNED_IN and not roles & set(meant.split()):
            return 403, "forbidden"
        if machine and operation in people.PERSONS_ONLY:
            return 403, "forbidden"
        if read_only and method not in ("GET", "HEAD"):
            return 403, "read_only_token"
        return None

    def test_nobody_passes_a_door_that_is_not_theirs(self):
        """Each endpoint by each of them, with clinic-1's objects and a body that could pass."""
        before, tried = self.service.sql(EVERY_ROW), 0
        for name, (roles, wire, machine, read_only) in self.who.items():
            for operation in people.ROLES_OF:
                expected = self.expected(operation, roles, machine, read_only)
                if not expected:
                    continue
                answer = self.call(wire, operation, {}, version="*")
                self.assert_problem(answer, *expected, (name, operation, answer))
                if expected[0] == 401:
                    self.assertIn("www-authenticate", answer.headers)
                tried += 1
        self.assertEqual(self.service.sql(EVERY_ROW), before, "nothing was written")
        self.assertGreater(tried, 700)

    def bodies(self):
        """What would be taken of whom it is for, by every endpoint that a clinic has and that names an object."""
        accepted, facts = self.house.accepted(), h.worked()
        return {
            "readDraft": None, "saveDraft": {"facts": facts}, "patchDraft": {"facts": facts}, "discardDraft": None, "assessDraft": None,
            "submitDraft": {"declaration": accepted}, "readClaim": None, "assessClaim": None, "certifyClaim": None,
            "amendClaim": {"declaration": accepted, "facts": facts}, "changePayee": h.PAYEE, "saveReport": {"first_sign": "画面"},
            "withdrawClaim": {"reason": "不要"}, "wakeClaim": None, "replyToRequest": TEXT, "writeMessage": TEXT,
            "askReconsideration": {"grounds": "再考を求めます。"}, "withdrawReconsideration": None, "listEvidence": None,
            "beginEvidence": {"name": "a.txt", "length": 4}, "readUpload": None, "sendEvidence": None, "finishEvidence": None,
            "downloadEvidence": None, "endOneSession": None, "endToken": None,
        }

    def objects_for(self, operation):
        """The object of clinic-1 on which the operation would work."""
        if "Draft" in operation:
            return {"claim": self.draft}
        if operation == "replyToRequest":
            return {"claim": self.asked.id}
        return {"evidence": self.objects["half"]} if operation in ("readUpload", "sendEvidence", "finishEvidence") else {}

    def test_another_clinics_objects_are_not_there(self):
        """clinic-2, its programs, and a proxy without the mandate: as if there were nothing; and their own lists are without it."""
        bodies = self.bodies()
        named = {o for o, roles in people.ROLES_OF.items() if "{" in self.house.wire.operations[o][1]
                 and ("clinic" in roles.split() or roles == people.SIGNED_IN)}
        self.assertEqual(named, set(bodies), "an endpoint that names an object needs a body here")
        before = self.service.sql(EVERY_ROW)
        for name in ("clinic-2", "clinic-2's program", "clinic-2's reader", "proxy-1"):
            roles, wire, machine, read_only = self.who[name]
            for operation, body in bodies.items():
                if self.expected(operation, roles, machine, read_only):
                    continue
                path = self.objects_for(operation)
                if operation == "sendEvidence":
                    answer = wire.call(operation, body=b"text" * 65536, query={"offset": 0}, headers=BYTES, **path)
                else:
                    answer = self.call(wire, operation, body, path=path, version=f'"1-{people.realm_of(*roles)}"')
                # The staff is told why: a proxy without the mandate.
                hidden = (404, "not_found")
                refused = (403, "facility_not_yours") if name == "proxy-1" and answer.status == 403 else hidden
                self.assert_problem(answer, *refused, (name, operation, answer))
        self.assertEqual(self.service.sql(EVERY_ROW), before, "nothing was written, not even a reading")
        for wire in (self.who["clinic-2"][1], self.who["clinic-2's reader"][1]):
            self.assertEqual(wire.call("listClaims").json["claims"], [])
            self.assertEqual(len(wire.call("listFacilities").json["facilities"]), h.OF_CLINIC_2)

    def test_a_form_of_an_object_tells_nothing(self):
        """Of what is not there and what is another's, the answers are alike but for their names."""
        wire = self.who["clinic-2"][1]
        theirs, none = (wire.call("readClaim", claim=claim) for claim in (self.claim.id, "clm_" + NAMELESS))
        varying = ("instance", "request_id", "trace_id")
        self.assertEqual(*({k: v for k, v in a.json.items() if k not in varying} for a in (theirs, none)))

    def test_filing_for_a_facility_of_another(self):
        before = self.service.sql("SELECT count(*) FROM shienkin.claim")
        for name in ("clinic-2", "clinic-2's program"):
            for operation, body in (("fileClaim", {"declaration": self.house.accepted(), "facts": h.worked()}), ("beginDraft", {})):
                answer = self.who[name][1].call(operation, json_body={"facility": self.objects["facility"], **body})
                self.assertIn(answer.status, (403, 404, 422), (name, answer))
        self.assertEqual(self.service.sql("SELECT count(*) FROM shienkin.claim"), before)

    def test_the_desk_does_not_manage_the_house(self):
        """Adjusters and approvers manage clinics alone: none opens, closes or takes over an account of the staff."""
        for name in ("adjuster-2", "approver-2"):
            person, other = self.house[name], self.house["owner-2"]
            person.still_fresh()
            before = self.service.sql(EVERY_ROW)
            self.assert_problem(person("openAccount", expect=(403, 422), json_body={"realm": "staff", "login": "intruder", "name": "侵入者"}),
                                403, "role_needed", name)
            for operation in ("closeAccount", "resetAccount"):
                self.assert_problem(person(operation, expect=(403, 422), account=other.account, json_body={"reason": "試み"}), 403, "role_needed", name)
            self.assertEqual(self.service.sql(EVERY_ROW), before)
            self.assertFalse([a for a in person("listAccounts")["accounts"] if a["realm"] != "clinic"])

    def test_no_program_holds_a_role_over_money_or_people(self):
        """Whoever proposes, approves, pays or grants gets a token that reads, at the most; none that writes."""
        for name in ("adjuster-1", "approver-1", "cashier-1", "owner-1"):
            person = self.house[name]
            person.still_fresh()
            made = person("createToken", expect=(201, 403, 409, 422), json_body={"name": "機械", "read_only": False, "expires_on": in_a_month()})
            self.assertNotEqual(made.status, 201, name)

    def test_one_owner_alone_grants_nothing(self):
        owner = self.house["owner-1"]
        owner.still_fresh()
        grant = owner("grantRole", expect=201, json_body={"person": self.house["proxy-1"].person, "role": "adjuster", "reason": "試み"})
        self.assertIn(owner("confirmGrant", expect=(403, 409, 422), grant=grant["grant"]).status, (403, 409, 422))


if __name__ == "__main__":
    unittest.main()
