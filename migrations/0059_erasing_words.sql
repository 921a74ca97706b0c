-- Takes words out of a document: out of its texts alone, so that keys and numbers stay what they are and it stays valid.
create function without_words(value jsonb, pattern text, mark text) returns jsonb
  language sql immutable parallel safe
  as $$
    select case jsonb_typeof(value)
      when 'string' then to_jsonb(regexp_replace(value #>> '{}', pattern, mark, 'g'))
      when 'array' then (
        select coalesce(jsonb_agg(without_words(part.value, pattern, mark) order by part.ordinality), '[]')
        from jsonb_array_elements(value) with ordinality part)
      when 'object' then (
        select coalesce(jsonb_object_agg(part.key, without_words(part.value, pattern, mark)), '{}')
        from jsonb_each(value) part)
      else value
    end
  $$;
