-- The queue: indexes that keep the lists and searches of the staff quick at a hundred thousand claims. Each list is a walk along
-- one of them: by state, by state among those that nobody has, by who has it; each search finds its few claims by one.
BEGIN;

CREATE INDEX claim_unassigned ON shienkin.claim (state, submitted_at, id) WHERE assigned_to IS NULL;
COMMENT ON INDEX shienkin.claim_unassigned IS 'What waits for somebody to take it, oldest first.';
CREATE INDEX claim_assigned ON shienkin.claim (assigned_to, state, submitted_at, id) WHERE assigned_to IS NOT NULL;
COMMENT ON INDEX shienkin.claim_assigned IS 'What a person works on, oldest first.';
DROP INDEX shienkin.claim_of_person;
CREATE INDEX claim_number_part ON shienkin.claim USING gin (number public.gin_trgm_ops);
COMMENT ON INDEX shienkin.claim_number_part IS 'A claim by a part of its number.';
CREATE INDEX claim_of_incident ON shienkin.claim (incident_id) WHERE incident_id IS NOT NULL;
COMMENT ON INDEX shienkin.claim_of_incident IS 'All claims of an incident, withdrawn ones too.';
CREATE INDEX incident_of_member ON shienkin.incident (member_id) WHERE member_id IS NOT NULL;
COMMENT ON INDEX shienkin.incident_of_member IS 'The claims of a member.';
CREATE INDEX facility_version_now ON shienkin.facility_version (facility_id) WHERE known_to IS NULL;
COMMENT ON INDEX shienkin.facility_version_now IS 'What the roster says of a facility now.';
CREATE INDEX facility_version_kana ON shienkin.facility_version USING gin (name_kana public.gin_trgm_ops);
COMMENT ON INDEX shienkin.facility_version_kana IS 'A facility by a part of its reading.';
CREATE INDEX member_version_kana ON shienkin.member_version USING gin (name_kana public.gin_trgm_ops);
COMMENT ON INDEX shienkin.member_version_kana IS 'A member by a part of the reading.';

SELECT shienkin.register_migration(14, 'queue');
COMMIT;
