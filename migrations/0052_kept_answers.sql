-- What was answered to requests that carried an idempotency key, written in the transaction of the act itself:
-- whoever repeats such a request gets the same answer, and nothing is done twice.

create table kept_answer (
  company_id uuid not null references company (id) on delete cascade,
  person_id uuid not null,
  key text not null,
  -- Of method, address and body: another request with the same key is refused.
  request_hash text not null,
  status int not null,
  -- Null: the answer has no content.
  body text,
  etag text,
  created_at timestamptz not null default now(),
  primary key (company_id, person_id, key)
);
create index kept_answer_by_age on kept_answer (company_id, created_at);
select seal('kept_answer');
