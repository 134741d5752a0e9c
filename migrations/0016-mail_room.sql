-- The mail room: a letter that was printed is posted, and says so. Whoever prints holds the letter first, so that two who print
-- the same list make one sheet each and not two, of which the first would open nothing.
BEGIN;

ALTER TABLE shienkin.letter ADD COLUMN posted_at shienkin.moment,
  ADD CONSTRAINT letter_posted CHECK (posted_at IS NULL OR printed_at IS NOT NULL);
COMMENT ON COLUMN shienkin.letter.posted_at IS 'When the sheet that was printed last went to the post; null: not yet.';

CREATE FUNCTION shienkin.letter_hold(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  IF NOT holds((actor()).person_id, ARRAY['owner', 'proxy']) THEN
    PERFORM refuse('role_needed', 'letters are printed and posted by owners and proxies');
  END IF;
  PERFORM FROM letter l WHERE l.id = which AND l.ended_at IS NULL FOR UPDATE;
END
$$;
COMMENT ON FUNCTION shienkin.letter_hold(uuid) IS 'Nobody else prints or posts this letter until the transaction ends.';

CREATE FUNCTION shienkin.letter_post(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shienkin, pg_temp AS $$
BEGIN
  PERFORM letter_hold(which);
  UPDATE letter l SET posted_at = at() WHERE l.id = which AND l.ended_at IS NULL AND l.posted_at IS NULL;
END
$$;
COMMENT ON FUNCTION shienkin.letter_post(uuid) IS 'The sheet that was printed last went to the post. The first time counts.';

-- As before, and a sheet that is printed anew waits to be posted anew.
CREATE FUNCTION shienkin.printing_unposts() RETURNS trigger
LANGUAGE plpgsql SET search_path = shienkin, pg_temp AS $$
BEGIN
  NEW.posted_at := NULL;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION shienkin.printing_unposts() IS 'A letter that is printed again is another sheet, which waits to be posted.';
CREATE TRIGGER c_printed BEFORE UPDATE OF printed_at ON shienkin.letter FOR EACH ROW EXECUTE FUNCTION shienkin.printing_unposts();

GRANT EXECUTE ON FUNCTION shienkin.letter_hold(uuid), shienkin.letter_post(uuid) TO shienkin_staff;

SELECT shienkin.register_migration(16, 'mail_room');
COMMIT;
