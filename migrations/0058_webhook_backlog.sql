-- A webhook delivers at the same speed however much waits for it: what is asked for each delivery is answered by an index
-- or stands in its own row.
alter table webhook add last_delivered_at timestamptz;
update webhook w set last_delivered_at = (
  select max(d.ended_at) from webhook_delivery d
  where d.company_id = w.company_id and d.webhook_id = w.id and d.state = 'delivered');

-- For the counts of the page alone.
create index webhook_delivery_state on webhook_delivery (company_id, webhook_id, state);

-- The next one, also where many are due at the same moment.
create index webhook_delivery_next on webhook_delivery (company_id, webhook_id, next_at, number) where state = 'waiting';
drop index webhook_delivery_due;
