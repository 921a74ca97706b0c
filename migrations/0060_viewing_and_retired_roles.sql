-- Whose eyes a session looks through: set in the step that puts it on record, and nowhere else.
alter table session
  add column viewing_as uuid,
  add foreign key (company_id, viewing_as) references person (company_id, id) on delete set null (viewing_as);
