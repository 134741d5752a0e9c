"""house: a claims house with its people, made over HTTPS alone, as an association would begin: two owners from bootstrap, who
set passwords and authenticators, take the roster, publish rules and calendar, open everybody's accounts, grant roles to one
another's eyes; clinics come in by the letter that was posted to them.

Facilities S-0000, S-0001, … each have one incident, so that none is suspected to be another's double; clinic-1 acts for all of
them but those of clinic-2."""
import datetime
import hashlib
import itertools
import pathlib
import time

import running
import totp

FACILITIES, OF_CLINIC_2 = 40, 4
RULES = running.ROOT / "rules/cyber-support/2022-06-01/cyber-support.dmn"
CALENDAR = running.ROOT / "data/calendars"
PASSWORD = "とても長いパスワード "
STAFF = {"adjuster-1": "adjuster", "adjuster-2": "adjuster", "approver-1": "approver", "approver-2": "approver",
         "both-1": "adjuster approver", "proxy-1": "proxy", "cashier-1": "cashier", "auditor-1": "auditor"}


class Refused(AssertionError):
    pass


class Person:
    """Somebody who is signed in, with a browser's session and its CSRF token."""

    def __init__(self, house, login, name):
        self.house, self.login, self.name = house, login, name
        self.wire = house.wire.clone()
        self.secret = self.account = self.person = None
        self.used_step = 0

    def __call__(self, operation, expect=200, **how):
        """The answer, which has the status expected; whatever else it is says so."""
        answer = self.wire.call(operation, **how)
        if answer.status not in (expect if isinstance(expect, tuple) else (expect,)):
            raise Refused(f"{self.login} {operation}: {answer.status} {answer.json}")
        return answer

    def password(self):
        return PASSWORD + self.login

    def code(self):
        """A code that was not used yet: waits for the next step of 30 seconds where it must (a code works once)."""
        while int(time.time() // 30) <= self.used_step:
            time.sleep(0.2)
        self.used_step = int(time.time() // 30)
        return totp.code(self.secret)

    def take(self, answer):
        """What a finished sign-in gives."""
        if answer["next"] != "done":
            raise AssertionError(answer)
        self.wire.cookie, self.wire.csrf = answer["token"], answer["csrf"]
        self.account, self.person = answer["account"], answer["person"]
        self.stepped_up = time.monotonic()
        return self

    def come_in(self, code):
        """The first access: password, then an authenticator where one is asked for."""
        step = self("firstAccess", json_body={"login": self.login, "code": code, "password": self.password()})
        if step["next"] == "enrol_totp":
            enrol = self("signInEnrolTotp", json_body={"ticket": step["ticket"]})
            self.secret = enrol["secret"]
            step = self("signInConfirmTotp", json_body={"ticket": step["ticket"], "code": self.code()})
            self.recovery_codes = step["recovery_codes"]
        return self.take(step)

    def sign_in(self):
        self.wire.cookie = self.wire.csrf = None
        step = self("signIn", json_body={"login": self.login, "password": self.password()})
        if step["next"] == "second_factor":
            step = self("signInSecondFactor", json_body={"ticket": step["ticket"], "code": self.code()})
        return self.take(step)

    def still_fresh(self):
        """A sign-in counts as a second factor for five minutes; only then is another code worth the wait for one."""
        if time.monotonic() - self.stepped_up > 240:
            self("stepUp", json_body={"code": self.code()})
            self.stepped_up = time.monotonic()


class House:
    def __init__(self, service):
        self.service, self.people, self.keys = service, {}, itertools.count(1)
        self.wire = service.wire()
        self.owners()
        self.roster()
        self.rules()
        self.staff()
        self.clinics()

    def __getitem__(self, login):
        return self.people[login]

    def add(self, login, name):
        self.people[login] = Person(self, login, name)
        return self.people[login]

    # ---- beginning

    def owners(self):
        said = self.service.bootstrap("制度管理者一", "owner-1", "制度管理者二", "owner-2")
        codes = [line.split()[-1] for line in said.splitlines() if "(owner-" in line]
        for number, code in enumerate(codes, 1):
            self.add(f"owner-{number}", f"制度管理者{number}").come_in(code)

    def roster(self):
        owner = self["owner-1"]
        members = "member_number,class,from,name\r\n100001,A1,2015-04-01,会員一\r\n100002,A2B,2015-04-01,会員二\r\n"
        places = "key,kind,name,name_kana,closed_weekdays,closed_on_holidays,from,member_number,relation,postal_code,address\r\n" + "".join(
            f"S-{n:04},clinic,医院{n},イイン,sun,yes,2015-04-01,{100001 if n >= OF_CLINIC_2 else 100002},opens,"
            f"000-000{n % 10},某県某市{n}丁目\r\n" for n in range(FACILITIES))
        for kind, text in (("members", members), ("facilities", places)):
            owner("importRoster", expect=201, query={"kind": kind, "file_name": f"{kind}.csv"}, body=text.encode(),
                  headers={"Content-Type": "text/csv"})

    def rules(self):
        first, second = self["owner-1"], self["owner-2"]
        put = first("publishRules", expect=201, body=RULES.read_bytes(), headers={"Content-Type": "application/dmn+xml"})
        second("confirmRules", expect=(200, 201), rule_set=put["rule_set"])
        calendar = next(CALENDAR.glob("national-*.txt"))
        put = first("publishCalendar", expect=201, body=calendar.read_bytes(), headers={"Content-Type": "text/plain"})
        second("confirmCalendar", expect=(200, 201), calendar=put["calendar"])
        self.declaration = self.declare()

    def declare(self):
        put = self["owner-1"]("publishDeclaration", expect=201, json_body={
            "version": "2026-04", "ja": "申請の内容は事実に相違ありません。", "en": "It is true."})
        self["owner-2"]("confirmDeclaration", expect=(200, 201), declaration=put["declaration"])
        return put["version"]

    def staff(self):
        first, second = self["owner-1"], self["owner-2"]
        for login, roles in STAFF.items():
            realm = "auditor" if roles == "auditor" else "staff"
            opened = first("openAccount", expect=201, json_body={"realm": realm, "login": login, "name": login})
            for role in roles.split():
                grant = first("grantRole", expect=201, json_body={"person": opened["person"], "role": role, "reason": "配属"})
                second("confirmGrant", expect=(200, 201), grant=grant["grant"])
            self.add(login, login).come_in(opened["code"])

    def clinics(self):
        owner = self["owner-1"]
        found = []
        for digit in range(10):
            found += owner("searchFacilities", query={"words": f"医院{digit}"})["facilities"]
        self.facilities = {f["name"]: f["facility"] for f in found}
        assert len(self.facilities) == FACILITIES, sorted(self.facilities)
        mine = {"clinic-1": range(OF_CLINIC_2, FACILITIES), "clinic-2": range(OF_CLINIC_2)}
        for login, numbers in mine.items():
            places = [self.facilities[f"医院{n}"] for n in numbers]
            opened = owner("openAccount", expect=201, json_body={"realm": "clinic", "login": login, "name": login, "facility": places[0],
                                                                 "mandate_kind": "representative"})
            for place in places[1:]:
                owner("giveMandate", expect=201, json_body={"account": opened["account"], "facility": place, "kind": "clerk"})
        letters = {}
        for letter in owner("listLetters")["letters"]:
            printed = owner("printLetter", letter=letter["letter"])
            letters[printed["login"]] = printed["code"]
        for login in mine:
            self.add(login, login).come_in(letters[login])
        self.free = {login: [self.facilities[f"医院{n}"] for n in numbers] for login, numbers in mine.items()}

    # ---- a claim's way, each step by whom it takes

    def place(self, login="clinic-1"):
        return self.free[login].pop(0)

    def accepted(self):
        return {"version": self.declaration, "accepted": True}

    def filed(self, facts, login="clinic-1", payee=None, facility=None):
        return Claim(self, self[login]("fileClaim", expect=201, json_body={
            "facility": facility or self.place(login), "declaration": self.accepted(), "facts": facts, **({"payee": payee} if payee else {})}).json, login)


class Claim:
    def __init__(self, house, receipt, login):
        self.house, self.receipt, self.clinic = house, receipt, house[login]
        self.id, self.proposal = receipt["claim"], None

    def by(self, login, operation, expect=(200, 201), **how):
        return self.house[login](operation, expect=expect, claim=self.id, **how)

    def state(self, login="adjuster-1"):
        return self.by(login, "readCase")["state"]

    def etag(self, login="adjuster-1"):
        return self.by(login, "readCase").headers["etag"]

    def owed(self):
        """Lines that stand less recoveries that stand, from the case as the staff sees it."""
        case = self.by("adjuster-1", "readCase").json
        return (sum(line["amount_yen"] for line in case["lines"] if line.get("state") != "cancelled" and not line.get("cancelled_at"))
                - sum(r["amount_yen"] for r in case["recoveries"] if not r.get("cancelled_at")))

    def searched(self):
        """The search for duplicates, which the service does by itself once a minute."""
        self.by("adjuster-1", "searchDuplicates")
        return self

    def taken(self, login="adjuster-1"):
        self.searched()
        self.by(login, "assignCase", version=self.etag(login), json_body={"person": self.house[login].person})
        return self

    def proved(self, login="adjuster-1"):
        open_facts = self.by(login, "assessCase")["open"]
        if open_facts:
            self.by(login, "checkFacts", version="*", json_body={"checks": [
                {"key": key, "verdict": "proved", "reason": "電話で確かめ、書類と照合した。"} for key in open_facts]})
        return self

    def proposed(self, login="adjuster-1"):
        answer = self.by(login, "propose", version=self.etag(login))
        self.proposal = answer["proposal"]
        return answer

    def approving(self, login="approver-1", expect=201, version=None):
        self.house[login].still_fresh()
        return self.by(login, "approve", expect=expect, version=version or self.etag(login), proposal=self.proposal)

    def decided(self):
        self.taken().proved().proposed()
        return self.approving()

    def amended(self, facts):
        etag = self.clinic("readClaim", claim=self.id).headers["etag"]
        self.clinic("amendClaim", expect=(200, 201), claim=self.id, version=etag,
                    json_body={"declaration": self.house.accepted(), "facts": facts})
        return self.searched()

    def evidence(self, name="届出の控え.txt", data="2026-05-12 日本医師会へ届出済み。\n".encode(), piece=262144):
        begun = self.clinic("beginEvidence", expect=201, claim=self.id,
                            json_body={"name": name, "length": len(data), "sha256": hashlib.sha256(data).hexdigest()}).json
        for at in range(0, len(data), piece):
            self.clinic("sendEvidence", evidence=begun["evidence"], query={"offset": at}, body=data[at:at + piece],
                        headers={"Content-Type": "application/octet-stream"})
        self.clinic("finishEvidence", expect=201, evidence=begun["evidence"])
        return begun["evidence"]


# ---- facts

def worked(months_back=0, leak=True, told=True, closed=True):
    """policy.md's worked example, so many times 28 days earlier, so that weekdays stay: six closed days, a leak by the attack."""
    start = datetime.date(2026, 5, 11) - datetime.timedelta(days=28 * months_back)
    after, last = start + datetime.timedelta(days=1), start + datetime.timedelta(days=7)
    facts = {"incident": {"occurred_on": str(start), "cyber_attack": True, "insider_crime": False},
             "leak": {"occurred": True, "caused_by_attack": True} if leak else {"occurred": False},
             "filings": {"jma_on": str(after) if told else None}}
    if closed:
        facts["closures"] = [{"from": str(after), "to": str(last), "scope": "all"}]
    return facts


PAYEE = {"bank_code": "9999", "branch_code": "999", "account_type": "ordinary", "account_number": "9876543",
         "holder_name": "イイン"}
