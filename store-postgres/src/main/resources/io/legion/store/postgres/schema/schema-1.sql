-- Who may write: the number of the opening of whoever opened the store last, and the number of the last batch. Each batch changes this
-- row, so there is room on its page for the versions that a vacuum has not taken yet.
CREATE TABLE {schema}.owner (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    opening bigint NOT NULL,
    batch bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO {schema}.owner (opening, batch) VALUES (0, 0);

-- Whose the store is, and how it was left.
CREATE TABLE {schema}.mark (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    boot text NOT NULL,
    weakest text NOT NULL,
    complete boolean NOT NULL,
    damage text NOT NULL,
    identity text
);

INSERT INTO {schema}.mark (boot, weakest, complete, damage) VALUES ('', 'FORCED', true, '');

-- A key has up to 4096 bytes and an entry of a B-tree less than 2704, so the index has the head of a key and the print of
-- its rest. The order of (head, rest) is that of the keys: a head that is shorter than 2000 bytes has no rest.
CREATE TABLE {schema}.entry (
    head bytea NOT NULL,
    print bytea NOT NULL,
    rest bytea NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (head, print)
) WITH (fillfactor = 90);

-- What the codec wrote does not get much smaller, and the compression of the server is slow.
ALTER TABLE {schema}.entry ALTER COLUMN value SET STORAGE EXTERNAL;

CREATE FUNCTION {schema}.head_of(key bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN substring(key FROM 1 FOR 2000);

CREATE FUNCTION {schema}.rest_of(key bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN substring(key FROM 2001);

CREATE FUNCTION {schema}.print_of(key bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN octet_length(key) <= 2000 THEN ''::bytea ELSE sha256(substring(key FROM 2001)) END;

-- One batch, all of it or nothing: ranges first, then keys, as the client has put them in order. Refused (LG001) unless it is
-- the next one of this owner.
CREATE FUNCTION {schema}.write_batch(
    owner_opening bigint,
    number bigint,
    waits boolean,
    range_from bytea[],
    range_to bytea[],
    deleted bytea[],
    put_keys bytea[],
    put_values bytea[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT waits THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    UPDATE {schema}.owner SET batch = number WHERE opening = owner_opening AND batch = number - 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'batch % is not the next one of the owner %', number, owner_opening USING ERRCODE = 'LG001';
    END IF;
    FOR i IN 1 .. cardinality(range_from) LOOP
        DELETE FROM {schema}.entry e
        WHERE (e.head, e.rest) >= ({schema}.head_of(range_from[i]), {schema}.rest_of(range_from[i]))
            AND (e.head, e.rest) < ({schema}.head_of(range_to[i]), {schema}.rest_of(range_to[i]));
    END LOOP;
    IF cardinality(deleted) > 0 THEN
        DELETE FROM {schema}.entry e USING unnest(deleted) AS d (key)
        WHERE e.head = {schema}.head_of(d.key) AND e.print = {schema}.print_of(d.key);
    END IF;
    IF cardinality(put_keys) > 0 THEN
        INSERT INTO {schema}.entry (head, print, rest, value)
        SELECT {schema}.head_of(p.key), {schema}.print_of(p.key), {schema}.rest_of(p.key), p.value FROM unnest(put_keys, put_values) AS p (key, value)
        ON CONFLICT (head, print) DO UPDATE SET value = excluded.value;
    END IF;
END
$$;

-- The mark as it is from now on. Refused (LG001) if the store has another owner.
CREATE FUNCTION {schema}.set_mark(
    owner_opening bigint, new_boot text, new_weakest text, new_complete boolean, new_damage text, new_identity text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM {schema}.owner WHERE opening = owner_opening FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the owner is not % any more', owner_opening USING ERRCODE = 'LG001';
    END IF;
    UPDATE {schema}.mark SET boot = new_boot, weakest = new_weakest, complete = new_complete, damage = new_damage,
        identity = new_identity;
END
$$;
