-- A foreign key looks the person up for every row and locks the row found, which writes to it: every
-- booking of a rush would write to `people`. Whoever writes these rows has read the person in the same
-- transaction, and nobody deletes people; a claim and a person also need not lie on one machine.
ALTER TABLE bookings DROP CONSTRAINT bookings_person_id_fkey;
ALTER TABLE willingness DROP CONSTRAINT willingness_person_id_fkey;
