-- Whether the ledgers hold anything after %(after)s and up to %(until)s.
SELECT
    EXISTS (SELECT 1 FROM commitments_movement WHERE at > %(after)s AND at <= %(until)s)
    OR EXISTS (SELECT 1 FROM needs_needadjustment WHERE at > %(after)s AND at <= %(until)s)
