-- How the targets of a plan belong together. Rates and distinct counts are no sums of those below them, and levels and
-- rates no sums of their periods; see docs/decisions/0089.
alter table plan
  -- sum: children make their parent. same: a rate, handed down as it is. apart: a distinct count, shared out as a start.
  add column over_nodes text not null default 'sum' check (over_nodes in ('sum', 'same', 'apart')),
  -- What the periods make of the quarter and the year.
  add column over_periods text not null default 'sum' check (over_periods in ('sum', 'last', 'average', 'largest')),
  -- Which way is better: floor ≤ target ≤ stretch, or the other way round.
  add column better text not null default 'higher' check (better in ('higher', 'lower'));
