-- The console asks for the runs of an incident.
CREATE INDEX run_by_incident ON run (incident);
