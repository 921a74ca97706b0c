-- What reading the file noticed: columns that nothing used, headers that stand twice, a file without rows.
alter table import_run add column notes jsonb not null default '[]';
