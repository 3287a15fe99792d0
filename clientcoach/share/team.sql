-- Roles for a team's store on PostgreSQL: who writes cannot rewrite the audit, who audits cannot write, neither can change the tables.
-- Once, as a superuser or the owner with CREATEROLE, in the database where clientcoach has made its tables:
--   psql --set ON_ERROR_STOP=1 --file team.sql postgresql://OWNER@HOST/DATABASE
-- Then a role for each worker: CREATE ROLE anna LOGIN PASSWORD '…' IN ROLE coach_writer;

CREATE ROLE coach_writer NOLOGIN;
CREATE ROLE coach_auditor NOLOGIN;

GRANT SELECT, INSERT, UPDATE, DELETE ON incident, measure, promise TO coach_writer;
GRANT SELECT, INSERT ON audit, meta TO coach_writer;
GRANT SELECT ON incident, measure, promise, audit, meta TO coach_auditor;
