"""Who somebody is: requests of other sites, sessions planted and carried over, one's own again after a recovery, second factors,
and keys of idempotency across accounts."""
import concurrent.futures
import datetime
import http.client
import json
import re
import unittest
import urllib.parse
import uuid

import house as h
from base import Case
from wire import NAMELESS

LANGUAGE = {"language": "ja"}


def in_a_month():
    return str(datetime.date.today() + datetime.timedelta(days=30))


class Sessions(Case):
    settings = ("--jobs.enabled=false",)

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer)

    def origin(self):
        return f"https://{self.service.host}:{self.service.port}"

    # ---- other sites

    def with_headers(self, person, csrf, **headers):
        """PUT of the language by the person's cookie, with exactly these headers."""
        wire = person.wire
        named = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if csrf:
            named["X-CSRF-Token"] = csrf
        return wire.raw("PUT", "/v1/account/language", b'{"language":"ja"}', named, route="setLanguage")

    def test_requests_of_other_sites(self):
        """A browser sends the cookie along; nothing but one's own page knows the token, and browsers tell who asks."""
        clinic, other = self.house["clinic-1"], self.house["clinic-2"]
        good, own = clinic.wire.csrf, {"Origin": self.origin()}
        self.assertEqual(self.with_headers(clinic, good, **own).status, 200)
        self.assertEqual(self.with_headers(clinic, good, **own, Sec_Fetch_Site="same-origin").status, 200)
        wrong = {
            "no token": (None, own), "an empty token": ("", own), "another's token": (other.wire.csrf, own),
            "a token cut short": (good[:-1], own), "a token made longer": (good + "A", own),
            "neither origin nor site": (good, {}), "another origin": (good, {"Origin": "https://evil.example"}),
            "no origin at all": (good, {"Origin": "null"}), "plain HTTP": (good, {"Origin": self.origin().replace("https", "http")}),
            "another port": (good, {"Origin": f"https://{self.service.host}:1"}),
            "a longer name": (good, {"Origin": self.origin() + ".evil.example"}),
            "another site": (good, {**own, "Sec_Fetch_Site": "cross-site"}), "a neighbour": (good, {**own, "Sec_Fetch_Site": "same-site"}),
            "a site that is none": (good, {**own, "Sec_Fetch_Site": "same-origin, cross-site"}),
        }
        for what, (token, headers) in wrong.items():
            with self.subTest(what):
                self.refused(self.with_headers(clinic, token, **headers), 403, "csrf")

    def test_signing_in_from_another_site(self):
        """Nobody is signed in as somebody else by a page of another's."""
        anybody = self.house.wire.clone()
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            self.refused(anybody.call("signIn", json_body={"login": "clinic-1", "password": "x"}, headers=headers), 403, "csrf")

    def test_every_unsafe_endpoint_asks_for_the_token(self):
        """From the document: each one that changes something, with the cookie but without the token."""
        persons = [self.house[login] for login in ("clinic-1", "adjuster-1", "approver-1", "owner-1", "auditor-1", "proxy-1")]
        tried = 0
        for name, (method, path, declared) in self.house.wire.operations.items():
            if method == "GET" or "public" in declared["x-shienkin-realms"]:
                continue
            roles = set(declared["x-shienkin-roles"])
            person = next(p for p in persons if not roles or p.login.split("-")[0] in roles)
            if declared["x-shienkin-step-up"]:
                person.still_fresh()
            fill = {p: "x" for p in re.findall(r"{(\w+)}", path)}
            for parameter in declared.get("parameters", []):
                if parameter.get("in") == "path":
                    fill[parameter["name"]] = parameter["schema"]["pattern"][1:5] + NAMELESS
            wire = person.wire.clone()
            wire.cookie = person.wire.cookie
            self.refused(wire.call(name, json_body={} if "requestBody" in declared else None, **fill), 403, "csrf")
            tried += 1
        self.assertGreater(tried, 60)

    # ---- sessions

    def test_a_planted_cookie_is_not_taken_up(self):
        """What somebody was given before signing in never becomes a session; each sign-in has its own token and CSRF token."""
        clinic = self.house["clinic-2"]
        first, first_csrf = clinic.wire.cookie, clinic.wire.csrf
        planted = "skc_" + "A" * 43
        wire = self.house.wire.clone()
        wire.cookie = planted
        given = wire.call("signIn", json_body={"login": clinic.login, "password": clinic.password()})
        self.assertEqual(given["next"], "done")
        self.assertNotIn(given["token"], (planted, first))
        self.assertNotEqual(given["csrf"], first_csrf)
        self.refused(wire.call("readAccount"), 401, "token_invalid")
        wire.cookie = given["token"]
        self.assertEqual(wire.call("readAccount")["login"], "clinic-2")

    def test_the_pages_cookie(self):
        """__Host-, Secure, HttpOnly, SameSite=Lax, no Domain; a planted one is replaced at sign-in and forgotten at sign-out."""
        wire = self.house.wire.clone()
        wire.cookie = "skc_" + "B" * 43
        page = wire.raw("GET", "/sign-in")
        self.assertEqual(page.status, 200)
        fields = {"login": "clinic-2", "password": self.house["clinic-2"].password()}
        for name in ("csrf_token", "idempotency_key"):
            found = re.search(rb'name="%s" value="([^"]*)"' % name.encode(), page.body)
            if found:
                fields[name] = found[1].decode()
        body = "&".join(f"{k}={urllib.parse.quote_plus(v)}" for k, v in fields.items()).encode()
        signed = wire.raw("POST", "/sign-in", body, {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin()})
        self.assertEqual(signed.status, 303, signed)
        cookie = signed.headers["set-cookie"]
        name, value, flags = re.fullmatch(r"(__Host-shienkin)=([^;]+); (.*)", cookie).groups()
        self.assertNotEqual(value, wire.cookie)
        self.assertEqual({f.lower() for f in flags.split("; ")}, {"secure", "httponly", "samesite=lax", "path=/"})
        self.assertTrue(signed.headers["location"].startswith("/"))

    def test_an_ended_session_is_over(self):
        person = self.house["proxy-1"]
        person.sign_in()
        old = person.wire.clone()
        old.cookie, old.csrf = person.wire.cookie, person.wire.csrf
        self.assertEqual(old.call("endSession").status, 200)
        for kind in ("cookie", "bearer"):
            wire = self.house.wire.clone()
            setattr(wire, kind, old.cookie)
            self.refused(wire.call("readAccount"), 401, "token_invalid")

    def test_each_credential_opens_its_own_door(self):
        """A program's token in a cookie is nothing; made-up prefixes of other realms are nothing."""
        clinic = self.house["clinic-1"]
        clinic.still_fresh()
        made = clinic("createToken", expect=201, json_body={"name": "会計", "read_only": True, "expires_on": in_a_month()})
        as_cookie, as_bearer = self.house.wire.clone(), self.house.wire.clone()
        as_cookie.cookie = as_bearer.bearer = made["token"]
        self.assertEqual(as_bearer.call("readAccount").status, 200)
        self.refused(as_cookie.call("readAccount"), 401, "token_invalid")
        body = clinic.wire.cookie[4:]
        for prefix in ("sks_", "ska_", "skm_", "", "skc_x", "SKC_"):
            wire = self.house.wire.clone()
            wire.bearer = prefix + body
            self.refused(wire.call("readAccount"), 401, "token_invalid")
        for junk in ("'", "x" * 600, "skc_" + "\u00e9" * 43, "skc_" + "A" * 43 + "; __Host-shienkin=" + clinic.wire.cookie):
            answer = self.house.wire.clone().raw("GET", "/v1/account", headers={"Authorization": f"Bearer {junk}".encode("latin-1")})
            self.assertIn(answer.status, (400, 401), answer)
        twice = f"__Host-shienkin={made['token']}; __Host-shienkin={clinic.wire.cookie}"
        self.refused(self.house.wire.clone().raw("GET", "/v1/account", headers={"Cookie": twice}), 400, "bad_request")

    def test_tokens_end_when_an_account_begins_anew(self):
        """Whoever was in an account is out of it when its clinic comes back by the posted code: sessions, and programs too."""
        clinic, owner = self.house["clinic-2"], self.house["owner-1"]
        clinic.sign_in()
        program = self.house.wire.clone()
        program.bearer = clinic("createToken", expect=201, json_body={"name": "忍び込み", "read_only": False, "expires_on": in_a_month()})["token"]
        self.assertEqual(program.call("listClaims").status, 200)
        self.assertEqual(self.house.wire.clone().call("askRecovery", json_body={"login": "clinic-2"}).status, 202)
        owner.still_fresh()
        letter = next(l for l in owner("listLetters")["letters"] if l["kind"] == "recovery")
        self.assertEqual(program.call("listClaims").status, 200, "whoever asks for a letter ends nothing yet")
        code = owner("printLetter", letter=letter["letter"])["code"]
        old = clinic.wire.clone()
        old.cookie = clinic.wire.cookie
        clinic.wire.cookie = clinic.wire.csrf = None
        clinic.come_in(code)
        self.refused(old.call("readAccount"), 401, "token_invalid")
        self.refused(program.call("listClaims"), 401, "token_invalid")

    def test_tokens_end_when_owners_let_an_account_begin_anew(self):
        owner, auditor = self.house["owner-1"], self.house["auditor-1"]
        program = self.house.wire.clone()
        program.bearer = auditor("createToken", expect=201, json_body={"name": "忍び込み", "read_only": True, "expires_on": in_a_month()})["token"]
        self.assertEqual(program.call("readAccount").status, 200)
        second = self.house["owner-2"]
        for one in (owner, second):
            one.still_fresh()
        asked = owner("resetAccount", expect=(200, 201, 202), account=auditor.account, json_body={"reason": "端末の紛失"})
        self.assertIsNone(asked.json.get("code"), "one owner alone takes over nobody's account")
        self.assertEqual(program.call("readAccount").status, 200)
        self.assertGreaterEqual(owner("confirmAccountReset", expect=(403, 409, 422), reset=asked["reset"]).status, 403)
        code = second("confirmAccountReset", reset=asked["reset"])["code"]
        self.refused(program.call("readAccount"), 401, "token_invalid")
        self.refused(auditor("readAccount", expect=401), 401, "token_invalid")
        auditor.wire.cookie = auditor.wire.csrf = None
        auditor.come_in(code)

    # ---- the second factor again

    def test_a_second_factor_grows_old(self):
        """Five minutes behind it whoever approves, grants or publishes gives it again. The clock cannot be moved from outside: the
        schema's owner lets the database believe that the session's was given 301 seconds ago."""
        owner = self.house["owner-2"]
        owner.still_fresh()
        grant = {"person": self.house["proxy-1"].person, "role": "adjuster", "reason": "試み"}
        old = "UPDATE shienkin.session SET step_up_at = now() - interval '%d s' WHERE account_id = (SELECT id FROM shienkin.account WHERE login = 'owner-2')"
        asked = [name for name, (_, _, o) in self.house.wire.operations.items() if o["x-shienkin-step-up"] and
                 (not o["x-shienkin-roles"] or "owner" in o["x-shienkin-roles"])]
        self.service.sql("ALTER TABLE shienkin.session DISABLE TRIGGER USER; " + old % 301 + "; ALTER TABLE shienkin.session ENABLE TRIGGER USER")
        for name in asked:
            _, path, declared = owner.wire.operations[name]
            fill = {p["name"]: p["schema"]["pattern"][1:5] + NAMELESS for p in declared.get("parameters", []) if p.get("in") == "path"}
            self.refused(owner(name, expect=403, json_body=grant if "requestBody" in declared else None, **fill), 403, "step_up_required")
        self.assertGreater(len(asked), 15)
        self.refused(owner("stepUp", expect=422, json_body={"code": "000000"}), 422, "code_refused")
        self.refused(owner("grantRole", expect=403, json_body=grant), 403, "step_up_required")
        owner("stepUp", json_body={"code": owner.code()})
        owner("grantRole", expect=201, json_body=grant)

    def test_guessing_makes_wait(self):
        """Wrong passwords: the same refusal for whom there is and is not, and then waiting, for the login and for the address."""
        with self.service.__class__(self.service.binary, "--jobs.enabled=false") as other:
            wire = other.wire()
            said = [wire.call("signIn", json_body={"login": "nobody-here", "password": "違うパスワードです"}) for _ in range(6)]
            self.assertEqual([a.status for a in said[:3]], [422] * 3)
            self.assertEqual(said[-1].status, 429, said[-1])
            self.assertGreaterEqual(int(said[-1].headers["retry-after"]), 1)

    def post_form(self, wire, path, cookies, **fields):
        return wire.raw("POST", path, urllib.parse.urlencode(fields).encode(),
                        {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin(), "Cookie": cookies})

    def test_guessing_codes_on_the_pages_makes_wait(self):
        """Who knows the password does not get around the waiting: a right password between wrong codes forgives none of them."""
        wire = self.house.wire.clone()
        wire.connection = http.client.HTTPSConnection(wire.host, wire.port, context=wire.context, source_address=("127.0.0.5", 0))
        told = []
        while 429 not in told and len(told) < 12:
            signed = self.post_form(wire, "/sign-in", "", login="auditor-1", password=self.house["auditor-1"].password())
            told.append(signed.status)
            if signed.status == 303:
                ticket = signed.headers["set-cookie"].split(";")[0]
                told.append(self.post_form(wire, "/sign-in/second-factor", ticket, code="000000").status)
        self.assertEqual(told[:6], [303, 422] * 3)
        self.assertEqual(told[-1], 429)

    def test_asking_for_letters_makes_wait(self):
        """Letters cost money and worry people: asking again and again makes wait, by the page as by the API."""
        wire = self.house.wire.clone()
        wire.connection = http.client.HTTPSConnection(wire.host, wire.port, context=wire.context, source_address=("127.0.0.6", 0))
        told = [self.post_form(wire, "/recovery", "", login="nobody-here").status for _ in range(6)]
        self.assertEqual((told[:3], told[-1]), ([200] * 3, 429))

    # ---- idempotency

    def filing(self, person, key, n=0, facility=None):
        return person.wire.call("fileClaim", key=key, json_body={
            "facility": facility or self.house.facilities["医院5"], "declaration": self.house.accepted(), "facts": h.worked(40 + n)})

    def claims(self):
        return int(self.service.sql("SELECT count(*) FROM shienkin.claim"))

    def test_a_key_is_one_deed_of_one_account(self):
        clinic, other, proxy = self.house["clinic-1"], self.house["clinic-2"], self.house["proxy-1"]
        key, before = str(uuid.uuid4()), self.claims()
        first, again = self.filing(clinic, key), self.filing(clinic, key)
        self.assertEqual((first.status, again.status), (201, 201), first)
        self.assertEqual(again.body, first.body, "the same bytes")
        for name in ("etag", "location", "shienkin-event"):
            self.assertEqual(again.headers.get(name), first.headers.get(name), name)
        self.refused(self.filing(clinic, key, 1), 422, "idempotency_key_reused")
        # Another account under the same key does its own deed, or is refused for its own reasons; it never reads the first's.
        theirs = self.filing(other, key, facility=self.house.facilities["医院0"])
        self.assertEqual(theirs.status, 201, theirs)
        self.assertNotEqual(theirs["claim"], first["claim"])
        stolen = self.filing(other, key)
        self.assertNotIn(first["claim"], stolen.body.decode())
        self.assertGreaterEqual(stolen.status, 400)
        stolen = self.filing(proxy, key)
        self.assertNotIn(first["claim"], stolen.body.decode())
        self.assertGreaterEqual(stolen.status, 400)
        self.assertEqual(self.claims(), before + 2)

    def test_one_key_at_one_time(self):
        """A double click: many at once make one claim."""
        clinic, key, before = self.house["clinic-1"], str(uuid.uuid4()), self.claims()

        def click(_):
            wire = clinic.wire.clone()
            wire.cookie, wire.csrf = clinic.wire.cookie, clinic.wire.csrf
            person = type("P", (), {"wire": wire})
            return self.filing(person, key, 6)

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(click, range(16)))
        made = {a["claim"] for a in answers if a.status == 201}
        self.assertEqual(len(made), 1, answers)
        for a in answers:
            if a.status != 201:
                self.refused(a, 409, "request_in_progress")
                self.assertIn("retry-after", a.headers)
        self.assertEqual(self.claims(), before + 1)

    def test_keys_that_are_none(self):
        """Required wherever something is made; a quoted string of printable ASCII, of 64 at most (draft-ietf-httpapi-idempotency-key)."""
        clinic, before = self.house["clinic-1"], self.claims()
        body = {"facility": self.house.facilities["医院6"], "declaration": self.house.accepted(), "facts": h.worked(50)}
        for key in ("bare", '"', '""', '"open', 'open"', '"a" "b"', '"a";p=1', '"' + "k" * 65 + '"', "'a'", '"a\\x"', '"é"', ":YQ==:", "1"):
            with self.subTest(key):
                answer = clinic.wire.call("fileClaim", json_body=body, headers={"Idempotency-Key": key.encode("latin-1")})
                self.assertEqual(answer.status, 400, answer)
        self.refused(clinic.wire.call("fileClaim", json_body=body, headers={"Idempotency-Key": ""}), 400, "bad_request")
        method, path, _ = clinic.wire.operations["fileClaim"]
        self.refused(clinic.wire.raw(method, path, json.dumps(body).encode(), {
            "Content-Type": "application/json", "Origin": self.origin(), "X-CSRF-Token": clinic.wire.csrf}), 400, "idempotency_key_required")
        self.assertEqual(self.claims(), before)


if __name__ == "__main__":
    unittest.main()
