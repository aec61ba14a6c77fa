-- A booking is one for a dose of a series (V9), in whichever round or campaign it was made.
ALTER TABLE bookings RENAME COLUMN campaign_id TO series;
