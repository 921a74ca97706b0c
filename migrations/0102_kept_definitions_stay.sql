-- What a metric counted before, and every state that a reorganisation was saved in, is only ever added.

revoke update, delete on own_metric_version from terrace_app;
revoke update, delete on reorganisation_revision from terrace_app;
-- Only the words, for the erasure of a natural person.
grant update (names) on own_metric_version to terrace_app;
