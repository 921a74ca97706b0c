-- API keys as people see and limit them, and the secret addresses of calendars, which are keys of another kind.

alter table api_key
  add column id uuid not null default gen_random_uuid(),
  -- `calendar`: reads one person's calendar, by an address that holds it, and nothing else.
  add column kind text not null default 'key' check (kind in ('key', 'calendar')),
  -- How it begins, so that people recognise it.
  add column prefix text not null default '',
  -- What it may be used for, within what the person may; `engine/policy/key-scope.ts` reads them.
  add column scopes text[] not null default '{write}',
  add column last_used_at timestamptz;
create unique index api_key_by_id on api_key (company_id, id);
