-- A need's phase and aid type, and the commitments on it, are of one programme.
SELECT 'needs_need', n.id, t.code, 'programme', a.programme_id, p.programme_id
FROM needs_need n
JOIN needs_target t ON t.id = n.target_id
JOIN programmes_phase p ON p.id = n.phase_id
JOIN programmes_aidtype a ON a.id = n.aid_type_id
WHERE a.programme_id <> p.programme_id
UNION ALL
SELECT 'commitments_commitmentline', l.id, c.code, 'programme', c.programme_id, p.programme_id
FROM commitments_commitmentline l
JOIN commitments_commitment c ON c.id = l.commitment_id
JOIN needs_need n ON n.id = l.need_id
JOIN programmes_phase p ON p.id = n.phase_id
WHERE c.programme_id <> p.programme_id
