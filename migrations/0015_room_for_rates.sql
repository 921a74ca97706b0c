-- An amount of twenty digits in another currency, times its rate, has more digits in the base currency. Wider columns of
-- the same scale leave the rows as they lie.
alter table ledger_row
  alter column numerator type numeric(32, 4),
  alter column denominator type numeric(32, 4);
alter table rollup
  alter column numerator type numeric(38, 4),
  alter column denominator type numeric(38, 4);
