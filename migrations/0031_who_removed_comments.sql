-- Who took a comment away: the writer brings back only what the writer took away.

alter table comment add column deleted_by uuid;
alter table comment add foreign key (company_id, deleted_by) references person (company_id, id);
