-- Evidence: files in sealed chunks of 256 KiB, each in a short transaction of its own, so that an upload by tethering
-- goes on where it broke off. A file is evidence only once it is finished: length, hash and sniffed type agreed.
BEGIN;

CREATE TABLE shienkin.evidence (
  id uuid PRIMARY KEY,
  claim_id uuid NOT NULL REFERENCES shienkin.claim (id),
  sealed_name shienkin.sealed NOT NULL,
  declared_length integer NOT NULL CHECK (declared_length BETWEEN 1 AND 20971520),
  declared_sha256 shienkin.sha256,
  purpose text CHECK (length(purpose) BETWEEN 1 AND 200),
  UNIQUE (id, claim_id)
);
COMMENT ON TABLE shienkin.evidence IS 'A file that somebody began to upload for a claim.';
COMMENT ON COLUMN shienkin.evidence.id IS 'UUIDv7; its sealing key''s subject.';
COMMENT ON COLUMN shienkin.evidence.sealed_name IS 'The file''s name, under the file''s key.';
COMMENT ON COLUMN shienkin.evidence.declared_length IS 'Bytes announced; at most 20 MiB.';
COMMENT ON COLUMN shienkin.evidence.declared_sha256 IS 'Hash announced by the sender; null where it announced none.';
COMMENT ON COLUMN shienkin.evidence.purpose IS 'Fact pointer or document kind that it is meant for.';
CREATE INDEX evidence_of_claim ON shienkin.evidence (claim_id);
CALL shienkin.of_claim('evidence');
CALL shienkin.acting('evidence');
CALL shienkin.insert_only('evidence');
CALL shienkin.guarded('evidence');

CREATE TABLE shienkin.evidence_chunk (
  evidence_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  ordinal integer NOT NULL CHECK (ordinal >= 0),
  length integer NOT NULL CHECK (length BETWEEN 1 AND 262144),
  previous integer GENERATED ALWAYS AS (nullif(ordinal, 0) - 1) STORED,
  previous_length integer GENERATED ALWAYS AS (CASE WHEN ordinal > 0 THEN 262144 END) STORED,
  sealed_bytes shienkin.sealed NOT NULL,
  CONSTRAINT evidence_chunk_once PRIMARY KEY (evidence_id, ordinal),
  UNIQUE (evidence_id, ordinal, length),
  FOREIGN KEY (evidence_id, claim_id) REFERENCES shienkin.evidence (id, claim_id),
  CONSTRAINT evidence_chunk_follows FOREIGN KEY (evidence_id, previous, previous_length)
    REFERENCES shienkin.evidence_chunk (evidence_id, ordinal, length),
  CONSTRAINT evidence_chunk_length CHECK (octet_length(sealed_bytes) = length + 28)
);
ALTER TABLE shienkin.evidence_chunk ALTER COLUMN sealed_bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE shienkin.evidence_chunk IS 'One piece of a file. All but the last are whole (262,144 bytes), none is missing before it: the offset to go on from is a sum.';
COMMENT ON COLUMN shienkin.evidence_chunk.evidence_id IS 'Of which file.';
COMMENT ON COLUMN shienkin.evidence_chunk.claim_id IS 'The claim that it belongs to.';
COMMENT ON COLUMN shienkin.evidence_chunk.ordinal IS 'From 0; its offset is ordinal × 262,144.';
COMMENT ON COLUMN shienkin.evidence_chunk.length IS 'Bytes of the file in this chunk.';
COMMENT ON COLUMN shienkin.evidence_chunk.previous IS 'The chunk before, which must exist';
COMMENT ON COLUMN shienkin.evidence_chunk.previous_length IS 'and be whole.';
COMMENT ON COLUMN shienkin.evidence_chunk.sealed_bytes IS 'The bytes under the file''s key; associated data ends in "<evidence id>.<ordinal>".';
CALL shienkin.acting('evidence_chunk');
CALL shienkin.insert_only('evidence_chunk', erasable => true);
CALL shienkin.guarded('evidence_chunk');

CREATE TABLE shienkin.evidence_finish (
  evidence_id uuid PRIMARY KEY,
  claim_id uuid NOT NULL,
  length integer NOT NULL CHECK (length BETWEEN 1 AND 20971520),
  sha256 shienkin.sha256 NOT NULL,
  media_type text NOT NULL CHECK (media_type IN ('pdf', 'jpeg', 'png', 'heic', 'txt', 'csv', 'eml', 'docx', 'xlsx')),
  FOREIGN KEY (evidence_id, claim_id) REFERENCES shienkin.evidence (id, claim_id)
);
COMMENT ON TABLE shienkin.evidence_finish IS 'The file is whole: length, hash and type were checked over its bytes.';
COMMENT ON COLUMN shienkin.evidence_finish.evidence_id IS 'Which file.';
COMMENT ON COLUMN shienkin.evidence_finish.length IS 'Bytes received.';
COMMENT ON COLUMN shienkin.evidence_finish.sha256 IS 'Of the file''s bytes.';
COMMENT ON COLUMN shienkin.evidence_finish.media_type IS 'As sniffed, whatever the name says.';
CREATE INDEX evidence_finish_of_claim ON shienkin.evidence_finish (claim_id);
CALL shienkin.of_claim('evidence_finish');
CALL shienkin.acting('evidence_finish');
CALL shienkin.insert_only('evidence_finish');
CALL shienkin.guarded('evidence_finish');

CREATE TABLE shienkin.evidence_scan (
  id uuid PRIMARY KEY,
  evidence_id uuid NOT NULL REFERENCES shienkin.evidence_finish (evidence_id),
  verdict text NOT NULL CHECK (verdict IN ('clean', 'infected', 'unscannable')),
  engine text NOT NULL CHECK (length(engine) BETWEEN 1 AND 200),
  signature text CHECK (length(signature) BETWEEN 1 AND 200),
  CHECK ((verdict = 'infected') = (signature IS NOT NULL))
);
COMMENT ON TABLE shienkin.evidence_scan IS 'What a virus scanner said; the latest row counts.';
COMMENT ON COLUMN shienkin.evidence_scan.id IS 'UUIDv7.';
COMMENT ON COLUMN shienkin.evidence_scan.evidence_id IS 'Of which file.';
COMMENT ON COLUMN shienkin.evidence_scan.verdict IS 'What it found.';
COMMENT ON COLUMN shienkin.evidence_scan.engine IS 'Scanner and version of its data.';
COMMENT ON COLUMN shienkin.evidence_scan.signature IS 'Name of what was found.';
CALL shienkin.acting('evidence_scan');
CALL shienkin.needs_role('evidence_scan', 'service');
CALL shienkin.insert_only('evidence_scan');
CALL shienkin.guarded('evidence_scan');

CREATE FUNCTION shienkin.check_chunk() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM evidence_finish f WHERE f.evidence_id = NEW.evidence_id) THEN
    PERFORM refuse('evidence_finished', 'the file is finished and takes no more bytes');
  END IF;
  IF NEW.ordinal::bigint * 262144 + NEW.length > (SELECT e.declared_length FROM evidence e WHERE e.id = NEW.evidence_id) THEN
    PERFORM refuse('evidence_too_long', 'more bytes than were announced');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_chunk() IS 'Chunks stay within the announced length, and come before the end.';
CREATE TRIGGER c_chunk BEFORE INSERT ON shienkin.evidence_chunk FOR EACH ROW EXECUTE FUNCTION shienkin.check_chunk();

CREATE FUNCTION shienkin.check_finish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
DECLARE
  began evidence;
  received bigint;
  files integer;
  bytes bigint;
BEGIN
  SELECT * INTO began FROM evidence WHERE id = NEW.evidence_id;
  SELECT coalesce(sum(c.length), 0) INTO received FROM evidence_chunk c WHERE c.evidence_id = NEW.evidence_id;
  IF received <> NEW.length OR began.declared_length <> NEW.length
     OR began.declared_sha256 <> NEW.sha256 THEN
    PERFORM refuse('evidence_incomplete', format('%s of %s bytes are here, or the hash is another', received, began.declared_length));
  END IF;
  SELECT count(*), coalesce(sum(f.length), 0) INTO files, bytes FROM evidence_finish f WHERE f.claim_id = NEW.claim_id;
  IF files >= 30 OR bytes + NEW.length > 209715200 THEN
    PERFORM refuse('evidence_full', 'at most 30 files and 200 MiB for a claim');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.check_finish() IS 'A finished file has all its bytes and the announced hash; 30 files and 200 MiB a claim.';
CREATE TRIGGER c_finish BEFORE INSERT ON shienkin.evidence_finish FOR EACH ROW EXECUTE FUNCTION shienkin.check_finish();

SELECT shienkin.register_migration(5, 'evidence');
COMMIT;
