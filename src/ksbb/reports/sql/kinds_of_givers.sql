-- How many of some collaborators there are of each kind; {keys} are whole numbers.
SELECT is_aggregator, kind, COUNT(*)
FROM collaborators_collaborator
WHERE id IN ({keys})
GROUP BY is_aggregator, kind
