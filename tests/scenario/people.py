"""people: who may call what, written by hand from the table of people that the house was designed by, so that what the service
says of itself is held against something that it did not write.

A role may: clinic its mandates; proxy (association staff) file for a mandate; adjuster facts and proposals; approver approvals
and returns; cashier money, none of it here yet; owner rules, grants, settings, each with a second owner; auditor read. Staff of
the desk (adjuster, approver) may also type what came on paper or by telephone."""

EVERYBODY, SIGNED_IN = "everybody", "signed in"

TYPISTS = "clinic proxy adjuster approver"              # who may bring a claimant's words in
CLAIMANTS = "clinic proxy"
DESK = "adjuster approver"
READERS = "adjuster approver owner auditor"
MANAGERS = "adjuster approver owner"                    # accounts and mandates of clinics; of the staff, owners alone
HOUSE = "proxy adjuster approver cashier owner"
WATCHERS = "owner auditor"

MAY = {
    EVERYBODY: """signIn signInSecondFactor firstAccess askRecovery signInEnrolTotp signInConfirmTotp demoSignIn readDeclaration
        estimate readHolidays findBanks findBranches readOpenApi readSchema""",
    SIGNED_IN: """readAccount endSession endSessions endOneSession stepUp changePassword setLanguage readContact setContact enrolTotp
        confirmTotp renewRecoveryCodes createToken endToken""",
    TYPISTS: """beginDraft readDraft saveDraft patchDraft discardDraft assessDraft submitDraft fileClaim amendClaim changePayee
        saveReport withdrawClaim wakeClaim replyToRequest writeMessage askReconsideration withdrawReconsideration beginEvidence
        readUpload sendEvidence finishEvidence""",
    CLAIMANTS: "listClaims readClaim assessClaim listFacilities",
    TYPISTS + " owner auditor": "certifyClaim",
    TYPISTS + " auditor": "listEvidence downloadEvidence",
    READERS: "listCases countCases readCase assessCase listFactsVersions readTimeline readDuplicates",
    "adjuster": """checkFacts askInformation takeBackRequest takeNextCase wakeCase settleRosterFinding searchDuplicates takeOffer
        propose takeBackProposal""",
    "approver": "approve returnProposal",
    DESK: """writeToClaimant writeNote assignCase recuse confirmPayee suspectDuplicate resolveDuplicate
        askReconsiderationForClaimant withdrawReconsiderationForClaimant""",
    MANAGERS: """setHold releaseHold listAccounts viewAccount openAccount closeAccount resetAccount listMandates
        giveMandate endMandate""",
    HOUSE: "lookUpFacility searchFacilities",
    "proxy adjuster approver owner": "openFacility",
    HOUSE + " auditor": "listRules readRuleScenarios listDeclarations readEventTypes",
    "owner": """importRoster listRosterImports publishRules addRuleScenarios confirmRules publishCalendar confirmCalendar grantRole confirmGrant revokeRole
        publishDeclaration confirmDeclaration listAccountResets confirmAccountReset""",
    WATCHERS: "readRulesDifferences listRoles",
    "proxy owner": "listLetters printLetter printLetterSheet printLetterSheets postLetters",
    READERS + " cashier": "readStatistics",
    "auditor": "readTrail findRecord traceDecision",
}
ROLES_OF = {operation: roles for roles, operations in MAY.items() for operation in operations.split()}

# What asks for the second factor again: approving, publishing, granting, and whatever changes where money goes or how somebody
# comes in.
STEP_UP = set("""approve changePayee publishRules addRuleScenarios confirmRules publishCalendar confirmCalendar grantRole confirmGrant revokeRole openAccount closeAccount
    resetAccount giveMandate printLetter printLetterSheet printLetterSheets setContact enrolTotp confirmTotp renewRecoveryCodes createToken
    publishDeclaration confirmDeclaration confirmAccountReset endMandate""".split())

# What no program may do, whatever token it holds: money, people, rules, and its own way in.
PERSONS_ONLY = STEP_UP | set("""propose returnProposal confirmPayee importRoster postLetters endSessions endOneSession stepUp changePassword
    setLanguage readContact endToken""".split())

REALM = {"clinic": "clinic", "auditor": "auditor"}


def realm_of(role):
    return REALM.get(role, "staff")
